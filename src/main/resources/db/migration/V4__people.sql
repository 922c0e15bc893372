-- People (coffer.people, docs/adr/0028 to 0031).

-- One person who may sign in. What it holds about them goes when the account is deleted; its id
-- stays, because the audit trail speaks of it.
create table account (
    id                  uuid primary key,
    organization_id     uuid        not null references organization (id),
    username            text check (username ~ '^[a-z0-9][a-z0-9._@+-]{0,99}$'),
    name                text        not null check (length(name) <= 200),
    email               text check (length(email) between 3 and 254),
    locale              text        not null default 'en' check (locale in ('en', 'it')),
    roles               text[]      not null check (
        roles <@ array ['super-admin', 'admin', 'support', 'backoffice', 'reader'] and cardinality(roles) >= 1),
    provider_issuer     text,
    provider_subject    text,
    password_scheme     text check (password_scheme in ('pbkdf2-hmac-sha512')),
    password_iterations integer check (password_iterations >= 1),
    password_salt       bytea check (length(password_salt) >= 16),
    password_key_id     text,
    password_mac        bytea check (length(password_mac) = 32),
    password_must_change boolean    not null default false,
    created_at          timestamptz not null,
    disabled_at         timestamptz,
    deleted_at          timestamptz,
    version             bigint      not null default 0,
    constraint a_living_account_has_a_name check (deleted_at is not null or username is not null),
    constraint a_deleted_account_holds_nothing check (deleted_at is null or
        (username is null and email is null and name = '' and password_mac is null and provider_subject is null)),
    constraint a_password_is_whole check (
        num_nulls(password_scheme, password_iterations, password_salt, password_key_id, password_mac) in (0, 5)),
    constraint a_provider_account_is_whole check ((provider_issuer is null) = (provider_subject is null))
);
create unique index account_username on account (username);
create unique index account_provider on account (provider_issuer, provider_subject);
create index account_organization on account (organization_id) where deleted_at is null;

-- One sign-in. Its refresh tokens are computed from the seed, the generation and the pepper: only
-- the newest generation is good, and any older one that is shown again ends the session.
create table person_session (
    id         uuid primary key,
    account_id uuid        not null references account (id),
    seed       bytea       not null check (length(seed) = 32),
    key_id     text        not null,
    generation integer     not null default 0,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at   timestamptz,
    ended_by   text,
    constraint an_end_has_a_cause check ((ended_at is null) = (ended_by is null))
);
create index person_session_open on person_session (account_id) where ended_at is null;
create index person_session_expiry on person_session (expires_at);

-- Failed sign-ins by a keyed digest of the name that was typed, whether or not anybody has it.
create table sign_in_failure (
    name_mac     bytea primary key check (length(name_mac) = 32),
    failures     integer     not null,
    last_at      timestamptz not null,
    locked_until timestamptz
);
create index sign_in_failure_age on sign_in_failure (last_at);

-- Keys of programs that act for a person; of the text only a keyed digest.
create table api_key (
    id           uuid primary key,
    account_id   uuid        not null references account (id),
    name         text        not null check (length(name) between 1 and 100),
    scope        text        not null check (scope in ('read', 'write')),
    public_part  text        not null unique check (public_part ~ '^cok_[0-9a-f]{20}$'),
    key_id       text        not null,
    digest       bytea       not null check (length(digest) = 32),
    created_at   timestamptz not null,
    expires_at   timestamptz not null,
    last_used_at timestamptz,
    ended_at     timestamptz
);
create index api_key_account on api_key (account_id) where ended_at is null;

-- RSA keys that sign access tokens, shared by all nodes; the private half is sealed by a key that
-- the pepper yields.
create table signing_key (
    id          text primary key,
    public_jwk  text        not null,
    sealed      bytea       not null,
    pepper_id   text        not null,
    created_at  timestamptz not null,
    signs_from  timestamptz not null,
    ends_at     timestamptz
);
