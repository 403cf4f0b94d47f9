alter table platform.project add column keep_days integer check (keep_days between 1 and 3650);
comment on column platform.project.keep_days is 'how long finished runs are kept; null for as long as the server keeps those of any project';

create index run_by_end on platform.run (project_id, finished_at);
