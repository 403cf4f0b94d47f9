alter table platform.run
    add column labels text not null default '{}',
    add column target text;
comment on column platform.run.labels is 'the definition''s labels and those given at submission, as a JSON object';

create index run_by_label on platform.run using gin (cast(labels as jsonb) jsonb_path_ops);
create index run_by_test on platform.run (project_id, test, number desc);
create index run_by_verdict on platform.run (project_id, verdict, number desc);
