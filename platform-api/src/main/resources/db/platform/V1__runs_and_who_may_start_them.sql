create table platform.project (
    id          bigint generated always as identity primary key,
    key         text        not null unique check (key ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    name        text        not null,
    last_number integer     not null default 0,
    created_at  timestamptz not null default now()
);
comment on column platform.project.last_number is 'number of its newest run; locked while a run is taken in, so that numbers have no gaps';

insert into platform.project (key, name) values ('default', 'Default');

create table platform.app_user (
    id         bigint generated always as identity primary key,
    name       text        not null unique,
    password   text        not null,
    admin      boolean     not null,
    created_at timestamptz not null default now()
);

create table platform.api_token (
    id         bigint generated always as identity primary key,
    name       text        not null unique,
    hash       text        not null unique,
    user_name  text        not null references platform.app_user (name),
    created_at timestamptz not null default now()
);
comment on column platform.api_token.hash is 'SHA-256 of the token in hex; the token itself is kept nowhere';

create table platform.run (
    id              text        primary key,
    project_id      bigint      not null references platform.project (id),
    number          integer     not null,
    status          text        not null,
    submitted_by    text        not null,
    submission      text        not null,
    test            text,
    source          text,
    problems        text        not null,
    warnings        text        not null,
    executors       text        not null,
    submitted_at    timestamptz not null,
    validated_at    timestamptz,
    provisioned_at  timestamptz,
    load_started_at timestamptz,
    load_ended_at   timestamptz,
    finished_at     timestamptz,
    end_reason      text,
    verdict         text,
    would_be        text,
    reason          text,
    error_code      text,
    ready_limit_ms  bigint      not null,
    run_limit_ms    bigint      not null,
    worker_seen     boolean     not null,
    deadline_at     timestamptz not null,
    stop_reason     text,
    stop_detail     text,
    stop_by_person  boolean,
    force_at        timestamptz,
    changes         integer     not null,
    unique (project_id, number)
);
comment on column platform.run.deadline_at is 'when the status it is in has to be over';
create index run_on_its_way on platform.run (status, id) where status <> 'FINISHED';

create table platform.run_plan (
    run_id     text   primary key references platform.run (id),
    project_id bigint not null references platform.project (id),
    plan       text   not null
);
