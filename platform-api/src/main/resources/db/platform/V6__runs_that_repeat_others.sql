alter table platform.run
    add column retry_invalid boolean not null default false,
    add column retry_of integer,
    add column retried_by integer;
comment on column platform.run.retry_invalid is 'whether its plan wants an INVALID run to be started once more';
comment on column platform.run.retry_of is 'number of the INVALID run that this one repeats, as retried_by is of the one that repeats it';
