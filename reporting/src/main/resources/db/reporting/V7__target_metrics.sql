-- What queries to a Prometheus that watches the target gave over the time of the load.
create table target_query (
    run_id     text        not null references run on delete cascade,
    query      text        not null,
    project_id text        not null,
    problem    text,
    asked_at   timestamptz not null,
    primary key (run_id, query)
);
comment on column target_query.problem is 'why the newest question got no answer; null where it got one, be it empty';

create table target_value (
    run_id     text             not null references run on delete cascade,
    query      text             not null,
    second     timestamptz      not null,
    project_id text             not null,
    value      double precision not null,
    primary key (run_id, query, second)
);
