-- Rows of 10 s and longer also sum up all requests: series 0 the good ones, -1 the failed ones.
comment on column timeline.resolution is 'length of the interval in seconds: 1, 10, 60 or 3600';

comment on column run.rolled_to is 'longer rows hold exactly the rows of 1 s before this second, where their whole interval is before it';

-- What was rolled up before has no sums: it is read second by second, and what still runs is rolled up anew.
update run set rolled_to = 0;

alter table run add column seconds_from bigint not null default 0;
comment on column run.seconds_from is 'rows of 1 s before this second are no longer kept';

alter table run add column forgotten boolean not null default false;
comment on column run.forgotten is 'no longer kept: its rows are removed';
