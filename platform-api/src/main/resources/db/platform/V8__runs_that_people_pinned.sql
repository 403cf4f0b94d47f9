alter table platform.run
    add column pinned_by text,
    add column pinned_at timestamptz;
comment on column platform.run.pinned_at is 'when a person made it a baseline for the runs after it';

create index run_pinned on platform.run (project_id, test, number desc) where pinned_at is not null;
