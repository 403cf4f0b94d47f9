-- The rule that ordered the end of a run, kept before the order is given.
alter table run
    add column stopped_by_rule text,
    add column stopped_because text;
comment on column run.stopped_by_rule is 'its id in the plan';
