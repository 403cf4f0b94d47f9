-- Null in seconds of executors that did not measure it, or whose system did not tell.
alter table executor_second
    add column lag_micros     bigint,
    add column received_bytes bigint,
    add column sent_bytes     bigint;

comment on column executor_second.lag_micros is 'the longest that a thread slept on after the instant at which it wanted to wake';
comment on column executor_second.received_bytes is 'by the machine or container that the executor is in, as sent_bytes';
