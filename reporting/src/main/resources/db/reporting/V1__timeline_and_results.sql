-- Everything that reporting knows about runs. Only reporting writes here; others read through module results.

create table run (
    run_id            text primary key,
    project_id        text        not null,
    number            int         not null,
    partition         int         not null,
    plan              text        not null,
    opened_at         timestamptz not null,
    load_start_millis bigint,
    -- The message RunEnded as it came, and when it came.
    ended             bytea,
    ended_at          timestamptz,
    -- Rows of 10 s and 60 s hold exactly the rows of 1 s before this second.
    rolled_to         bigint      not null default 0,
    closed            boolean     not null default false
);
create index run_live on run (partition) where not closed;

comment on column run.load_start_millis is 'exact once the run has ended, before that the first second with load';

create table series (
    run_id     text     not null references run on delete cascade,
    series     int      not null,
    project_id text     not null,
    scenario   text     not null,
    stage      text     not null,
    label      text     not null,
    kind       smallint not null,
    outcome    smallint not null,
    primary key (run_id, series)
);
comment on column series.kind is '0 request, 1 transaction';
comment on column series.outcome is '0 ok, 1 error';

-- Partitions are made by the day, ahead of the rows.
create table timeline (
    run_id         text             not null,
    resolution     smallint         not null,
    second         timestamptz      not null,
    series         int              not null,
    project_id     text             not null,
    count          bigint           not null,
    sum_micros     bigint           not null,
    sum_squares    double precision not null,
    min_micros     bigint           not null,
    max_micros     bigint           not null,
    bytes_received bigint           not null,
    bytes_sent     bigint           not null,
    p50            double precision,
    p90            double precision,
    p95            double precision,
    p99            double precision,
    service        bytea            not null,
    intended       bytea,
    ttfb           bytea,
    connect        bytea,
    primary key (run_id, resolution, second, series)
) partition by range (second);
comment on column timeline.resolution is 'length of the interval in seconds: 1, 10 or 60';
comment on column timeline.p50 is 'ms, as the other percentiles, of the service histogram';

create table executor_second (
    run_id     text             not null references run on delete cascade,
    executor   int              not null,
    second     timestamptz      not null,
    project_id text             not null,
    requests   bigint           not null,
    errors     bigint           not null,
    active     double precision not null,
    planned    double precision,
    cpu        double precision not null,
    heap_bytes bigint           not null,
    gc_millis  bigint           not null,
    dropped    bigint           not null,
    primary key (run_id, executor, second)
);
comment on column executor_second.planned is 'null where the script decides the load';

create table error_count (
    run_id     text        not null references run on delete cascade,
    series     int         not null,
    kind       text        not null,
    project_id text        not null,
    message    text        not null,
    count      bigint      not null,
    first_at   timestamptz not null,
    primary key (run_id, series, kind)
);

create table executor_position (
    run_id        text   not null references run on delete cascade,
    executor      int    not null,
    epoch         bigint not null,
    project_id    text   not null,
    last_sequence bigint not null,
    primary key (run_id, executor, epoch)
);

create table executor_end (
    run_id        text    not null references run on delete cascade,
    executor      int     not null,
    epoch         bigint  not null,
    project_id    text    not null,
    produced      bigint  not null,
    declared_lost bigint  not null,
    tool_failed   boolean not null,
    message       text    not null,
    primary key (run_id, executor, epoch)
);

create table result (
    run_id     text primary key references run on delete cascade,
    project_id text        not null,
    partition  int         not null,
    result     text        not null,
    judgement  text        not null,
    verdict    text        not null,
    created_at timestamptz not null,
    -- When Kafka had taken the event "reported"; until then it is sent again.
    sent_at    timestamptz
);
create index result_unsent on result (partition) where sent_at is null;

create table stream_position (
    partition   int primary key,
    next_offset bigint not null,
    owner_epoch bigint not null
);

create table refused_record (
    partition  int         not null,
    run_id     text        not null,
    reason     text        not null,
    project_id text        not null,
    count      bigint      not null,
    last_at    timestamptz not null,
    primary key (partition, run_id, reason)
);
comment on column refused_record.run_id is 'empty where the record did not prove to be of a run';
