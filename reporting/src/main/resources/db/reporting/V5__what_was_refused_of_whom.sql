-- What came too late is counted as lost, of the executor that sent it.
alter table refused_record add column executor int not null default 0, add column requests bigint not null default 0;
alter table refused_record drop constraint refused_record_pkey;
alter table refused_record add primary key (run_id, reason, executor, partition);
comment on column refused_record.executor is '0 where the record did not prove whose it was';
comment on column refused_record.requests is 'in records that were signed and could be read';
