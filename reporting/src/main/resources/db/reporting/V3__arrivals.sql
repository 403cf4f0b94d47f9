-- What became of the arrivals that were due in one second of one stage, merged over executors.
create table arrivals (
    run_id     text        not null references run on delete cascade,
    second     timestamptz not null,
    scenario   text        not null,
    stage      text        not null,
    project_id text        not null,
    begun      bigint      not null,
    dropped    bigint      not null,
    late       bigint      not null,
    primary key (run_id, second, scenario, stage)
);
comment on column arrivals.dropped is 'there were as many users as there may be at once';
comment on column arrivals.late is 'the executor was too late for them';

alter table executor_second drop column dropped;
