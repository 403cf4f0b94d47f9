create table platform.project_secret (
    id         bigint generated always as identity primary key,
    project_id bigint      not null references platform.project (id),
    name       text        not null,
    sealed     bytea       not null,
    changed_by text        not null,
    changed_at timestamptz not null,
    unique (project_id, name)
);
comment on column platform.project_secret.sealed is 'AES-256-GCM: 12 bytes of nonce, then text and tag; bound to project and name';
