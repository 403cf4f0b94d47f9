alter table platform.run
    add column hosts text not null default '[]',
    add column shares_target boolean not null default false,
    add column waits_for text;
comment on column platform.run.hosts is 'what the run may load, as a JSON list; another run on one of them waits until this one is finished';
comment on column platform.run.waits_for is 'why a queued run is still queued, in one sentence';
