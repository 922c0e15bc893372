-- Clients of the platform that Coffer replaces (docs/adr/0037).

-- A pair of the old platform, mapped to a system by an administrator; of the secret only a keyed digest.
-- Once the system has used a secret of ours (confirmed_at), the pair ends at ends_at.
create table legacy_pair (
    id           uuid primary key,
    appliance_id uuid        not null references appliance (id) on delete cascade,
    legacy_id    text        not null check (legacy_id ~ '^[A-Za-z0-9._-]{1,64}$'),
    key_id       text        not null,
    digest       bytea       not null check (length(digest) = 32),
    imported_at  timestamptz not null,
    confirmed_at timestamptz,
    ends_at      timestamptz,
    ended_at     timestamptz,
    version      bigint      not null default 0,
    constraint a_confirmed_pair_ends check ((confirmed_at is null) = (ends_at is null))
);
create unique index legacy_pair_id on legacy_pair (legacy_id) where ended_at is null;
create unique index legacy_pair_digest on legacy_pair (digest) where ended_at is null;
create index legacy_pair_appliance on legacy_pair (appliance_id);

-- A secret that was minted for an old client and not used yet; its first use ends the others.
alter table appliance_secret add column pending boolean not null default false;
create index appliance_secret_pending on appliance_secret (appliance_id) where pending;

-- Who still uses what: written when it changes, and once an hour at most.
alter table appliance
    add column last_legacy_protocol text
        check (last_legacy_protocol in ('v2', 'proxy', 'isa', 'machine', 'nethbackup')),
    add column last_legacy_at timestamptz;
