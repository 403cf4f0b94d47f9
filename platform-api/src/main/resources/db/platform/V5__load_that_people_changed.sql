alter table platform.run
    add column load_changes text not null default '[]',
    add column changed boolean not null default false;
comment on column platform.run.load_changes is 'what people changed of its load while it ran, in their order, as a JSON list';
comment on column platform.run.changed is 'its load is not the planned one: never a baseline';
