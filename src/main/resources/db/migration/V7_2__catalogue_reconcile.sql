-- catalogue-reconcile: how far each inventory is, and the objects in quarantine.
create index backup_copy_inventory on backup_copy (destination, address collate "C");
create table inventory (
    run_id        uuid        not null references job_run (id) on delete cascade,
    destination   text        not null,
    after_key     text        not null default '',
    began_at      timestamptz not null,
    listed_at     timestamptz,
    ended_at      timestamptz,
    objects       bigint      not null default 0,
    strays        bigint      not null default 0,
    missized      bigint      not null default 0,
    missing       bigint      not null default 0,
    orphans       bigint      not null default 0,
    unknown       bigint      not null default 0,
    removed       bigint      not null default 0,
    uploads_ended bigint      not null default 0,
    primary key (run_id, destination)
);
-- known: a backup of that id ended here, so nobody will want its bytes. Otherwise it may be the
-- catalogue that is too old to know it.
create table orphan (
    destination   text        not null,
    address       text        not null,
    backup_id     uuid        not null,
    known         boolean     not null,
    size_bytes    bigint      not null,
    modified_at   timestamptz not null,
    first_seen_at timestamptz not null,
    seen_run      uuid        not null,
    failed_run    uuid,
    primary key (destination, address)
);
