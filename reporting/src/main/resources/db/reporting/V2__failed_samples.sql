comment on column series.kind is '0 request, 1 transaction, 2 part of a request';

-- The first few failing samples of each label and error kind, with what was sent and answered.
create table failed_sample (
    run_id     text not null references run on delete cascade,
    number     int  not null,
    project_id text not null,
    scenario   text not null,
    label      text not null,
    kind       text not null,
    sample     text not null,
    primary key (run_id, number)
);
comment on column failed_sample.sample is 'the document FailedSample';
