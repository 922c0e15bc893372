-- The catalogue (docs/architecture.md, design section 3). PostgreSQL 15 and later.
-- Written by hand, applied by Flyway; the entities are mapped onto it, never the reverse.

-- One row: who this installation is. Objects live under its id, so several installations may
-- share a bucket. Time may be moved in test and demo databases only (invariant 10).
create table installation (
    singleton    boolean primary key default true check (singleton),
    id           text        not null check (id ~ '^[a-z0-9][a-z0-9-]{2,62}$'),
    purpose      text        not null default 'production' check (purpose in ('production', 'demo', 'test')),
    clock_offset interval    not null default '0',
    created_at   timestamptz not null default clock_timestamp(),
    constraint production_time_stands_still check (purpose <> 'production' or clock_offset = '0')
);

-- Leases, expiry and order use this and no other clock.
create function coffer_now() returns timestamptz
    language sql volatile as
$$ select clock_timestamp() + coalesce((select clock_offset from installation), '0') $$;

-- Organizations: path is '/root-id/…/own-id/', so that "everything below X" is one index range
-- (path like X.path || '%') and "everything above X" needs no query at all.
create table organization (
    id           uuid primary key,
    parent_id    uuid references organization (id),
    kind         text        not null check (kind in ('owner', 'distributor', 'reseller', 'customer')),
    name         text        not null check (length(name) between 1 and 200),
    path         text        not null unique,
    quota_bytes  bigint check (quota_bytes >= 0),
    max_backups  integer check (max_backups >= 1),
    max_bytes    bigint check (max_bytes >= 1),
    ciphertext   text        not null default 'inherit' check (ciphertext in ('inherit', 'flag', 'demand')),
    suspended_at timestamptz,
    deleted_at   timestamptz,
    created_at   timestamptz not null,
    version      bigint      not null default 0,
    constraint only_the_owner_is_a_root check ((kind = 'owner') = (parent_id is null))
);
create unique index organization_one_owner on organization (kind) where kind = 'owner';
create index organization_subtree on organization (path text_pattern_ops);
create index organization_parent on organization (parent_id);

-- What an organization uses. own_*: its own systems, kept for every organization that has one.
-- tree_*: its subtree, kept only while it has a quota of its own, so that an organization
-- without one never becomes a row on which its whole subtree queues.
create table organization_usage (
    organization_id     uuid primary key references organization (id),
    own_live_bytes      bigint  not null default 0 check (own_live_bytes >= 0),
    own_reserved_bytes  bigint  not null default 0 check (own_reserved_bytes >= 0),
    tree_counted        boolean not null default false,
    tree_live_bytes     bigint  not null default 0 check (tree_live_bytes >= 0),
    tree_reserved_bytes bigint  not null default 0 check (tree_reserved_bytes >= 0)
);

-- Systems (the code says Appliance, see docs/glossary.md).
create table appliance (
    id              uuid primary key,
    organization_id uuid        not null references organization (id),
    system_key      text        not null unique check (system_key ~ '^[A-Za-z0-9._-]{1,64}$'),
    name            text        not null check (length(name) between 1 and 200),
    type            text,
    fqdn            text,
    suspended_at    timestamptz,
    deleted_at      timestamptz,
    registered_at   timestamptz,
    created_at      timestamptz not null,
    version         bigint      not null default 0
);
create index appliance_organization on appliance (organization_id);

-- Machine secrets: the public part in clear, of the secret only a keyed digest (or, for imported
-- ones, their old salted one until first use).
create table appliance_secret (
    id           uuid primary key,
    appliance_id uuid        not null references appliance (id),
    public_part  text        not null unique check (public_part ~ '^(cof|my)_[0-9a-f]{20}$'),
    scheme       text        not null check (scheme in ('hmac-sha256', 'salted-sha256')),
    key_id       text,
    salt         bytea,
    digest       bytea       not null check (length(digest) = 32),
    created_at   timestamptz not null,
    ends_at      timestamptz,
    ended_at     timestamptz,
    version      bigint      not null default 0,
    constraint a_scheme_has_what_it_needs check (
        (scheme = 'hmac-sha256' and key_id is not null) or (scheme = 'salted-sha256' and salt is not null))
);
create index appliance_secret_appliance on appliance_secret (appliance_id);

-- Written on every heartbeat, so narrow, apart from the system, and with room for HOT updates.
create table appliance_heartbeat (
    appliance_id uuid primary key references appliance (id),
    last_at      timestamptz not null
) with (fillfactor = 50);

create table appliance_inventory (
    appliance_id uuid primary key references appliance (id),
    document     jsonb       not null,
    sha256       bytea       not null,
    received_at  timestamptz not null
);
create table appliance_inventory_history (
    appliance_id uuid        not null references appliance (id),
    received_at  timestamptz not null,
    sha256       bytea       not null,
    size_bytes   bigint      not null,
    primary key (appliance_id, received_at)
);

-- What a system uses, and where its sequence stands: the row that admission and seal lock, so that
-- a heartbeat or a rename never waits for an upload. Caps count live + reserved; trash is apart.
create table appliance_usage (
    appliance_id   uuid primary key references appliance (id),
    last_seq       bigint      not null default 0,
    last_upload_at timestamptz,
    live_count     integer not null default 0 check (live_count >= 0),
    live_bytes     bigint  not null default 0 check (live_bytes >= 0),
    reserved_bytes bigint  not null default 0 check (reserved_bytes >= 0),
    trash_count    integer not null default 0 check (trash_count >= 0),
    trash_bytes    bigint  not null default 0 check (trash_bytes >= 0)
);

create table backup (
    id              uuid primary key,
    subject_kind    text        not null check (subject_kind in ('appliance')),
    subject_id      uuid        not null,
    organization_id uuid references organization (id),
    kind            text        not null,
    state           text        not null check (state in ('PENDING', 'STORED', 'TRASHED', 'DOOMED', 'ERASED', 'ABANDONED')),
    filename        text        not null check (filename ~ '^[A-Za-z0-9._-]{1,255}$'),
    extension       text        not null check (extension in ('.tar.gz', '.tar.xz', '.tar.bz2', '.tar.zst', '.gpg', '.bin')),
    mimetype        text        not null,
    sha256          bytea check (length(sha256) = 32),
    size_bytes      bigint      not null check (size_bytes > 0),
    content_kind    text,
    seq             bigint,
    uploaded_at     timestamptz,
    initiated_by    text        not null,
    metadata        jsonb       not null default '{}',
    created_at      timestamptz not null,
    pinned_at       timestamptz,
    pinned_until    timestamptz,
    trashed_at      timestamptz,
    trashed_by      text check (trashed_by in ('retention', 'appliance', 'person')),
    ended_at        timestamptz,
    version         bigint      not null default 0,
    constraint kept_backups_are_sealed check (
        state not in ('STORED', 'TRASHED') or (seq is not null and uploaded_at is not null and sha256 is not null)),
    constraint trashed_backups_say_when check (state <> 'TRASHED' or (trashed_at is not null and trashed_by is not null)),
    unique (subject_id, seq)
);
-- Everything asked about one system's kept backups, newest first, is this one index.
create index backup_kept on backup (subject_id, seq desc) where state in ('STORED', 'TRASHED');
create index backup_ending on backup (state, created_at) where state in ('PENDING', 'ABANDONED', 'DOOMED');
create index backup_organization on backup (organization_id) where state in ('STORED', 'TRASHED');

create table backup_copy (
    id                uuid primary key,
    backup_id         uuid        not null references backup (id),
    destination       text        not null,
    address           text        not null,
    version_id        text,
    sha256            bytea       not null check (length(sha256) = 32),
    size_bytes        bigint      not null,
    encryption_scheme text        not null default 'none',
    key_id            text,
    health            text        not null check (health in ('stored', 'verified', 'corrupt', 'missing')),
    created_at        timestamptz not null,
    verified_at       timestamptz,
    locked_until      timestamptz,
    version           bigint      not null default 0,
    unique (backup_id, destination),
    unique (destination, address)
);

-- An upload under way. charged_bytes is what the caps were charged: the size less what the backups
-- it will push out (its claims) give back. The lease is renewed by the node that receives it.
create table reservation (
    backup_id     uuid primary key references backup (id),
    appliance_id  uuid        not null references appliance (id),
    destination   text        not null,
    address       text        not null,
    size_bytes    bigint      not null check (size_bytes > 0),
    charged_bytes bigint      not null check (charged_bytes >= 0),
    node          text        not null,
    lease_until   timestamptz not null,
    created_at    timestamptz not null
);
create index reservation_appliance on reservation (appliance_id);
create index reservation_lease on reservation (lease_until);

-- Which tiers a reservation charged: given back to the same ones, wherever the system has moved since.
create table reservation_tier (
    backup_id       uuid   not null references reservation (backup_id) on delete cascade,
    organization_id uuid   not null references organization (id),
    scope           text   not null check (scope in ('own', 'tree')),
    bytes           bigint not null check (bytes >= 0),
    primary key (backup_id, organization_id, scope)
);
create table reservation_claim (
    victim_id uuid primary key references backup (id),
    backup_id uuid not null references reservation (backup_id) on delete cascade
);
create index reservation_claim_backup on reservation_claim (backup_id);

-- The one-day rule: of earlier days, at most one is given up for good per system and UTC day.
create table retention_spent_day (
    appliance_id uuid not null references appliance (id),
    utc_day      date not null,
    given_up     date not null,
    primary key (appliance_id, utc_day)
);

-- What must still be deleted from a store. Written by the transaction that decided it, worked
-- off in batches by the object-reaper.
create table outbox (
    id            bigint generated always as identity primary key,
    backup_id     uuid        not null references backup (id),
    destination   text        not null,
    address       text        not null,
    version_id    text,
    not_before    timestamptz not null,
    attempts      integer     not null default 0,
    last_error    text,
    created_at    timestamptz not null
);
create index outbox_due on outbox (destination, not_before);
create index outbox_backup on outbox (backup_id);

-- Append-only. commitment = HMAC(salt, canonical JSON of entry and detail); mac = HMAC(the audit
-- key key_id, commitment), so that who can only write to the database cannot write an entry.
-- chain_seq and prev_hash are filled after commit by one sequencer, so that business transactions
-- never queue for the chain. Personal detail and the salt live in an erasable row.
create table audit_entry (
    id             uuid primary key,
    at             timestamptz not null,
    installation   text        not null,
    source         text        not null,
    external_id    text,
    actor          text        not null,
    action         text        not null,
    subject        text        not null,
    outcome        text        not null,
    request_id     text,
    schema_version integer     not null,
    key_id         text        not null,
    commitment     bytea       not null check (length(commitment) = 32),
    mac            bytea       not null check (length(mac) = 32),
    chain_seq      bigint unique,
    prev_hash      bytea check (length(prev_hash) = 32),
    constraint chained_whole check ((chain_seq is null) = (prev_hash is null))
);
create index audit_entry_unchained on audit_entry (at, id) where chain_seq is null;
create index audit_entry_subject on audit_entry (subject, at desc);
create table audit_detail (
    entry_id uuid primary key references audit_entry (id),
    salt     bytea not null,
    detail   jsonb not null
);

create table alert (
    id          uuid primary key,
    code        text        not null,
    subject     text        not null,
    severity    text        not null check (severity in ('info', 'warning', 'critical')),
    arguments   jsonb       not null default '{}',
    opened_at   timestamptz not null,
    resolved_at timestamptz
);
create unique index alert_open on alert (code, subject) where resolved_at is null;
create index alert_subject on alert (subject, opened_at desc);

-- Which node is alive, and which scheduled firing has been won (one row a firing, however many nodes).
create table node (
    name       text primary key,
    started_at timestamptz not null,
    seen_at    timestamptz not null
);
create table job_firing (
    job          text        not null,
    scheduled_at timestamptz not null,
    node         text        not null,
    execution_id bigint,
    claimed_at   timestamptz not null,
    primary key (job, scheduled_at)
);
-- A job that must not run twice at once holds this row while it runs.
create table job_lock (
    job         text primary key,
    node        text        not null,
    firing_at   timestamptz not null,
    lease_until timestamptz not null
);
