-- What a sign-out at the provider needs of a session that began there (ADR 0086): its ID token, sealed under a key that the
-- pepper yields, and, for two minutes, the digest of the ticket by which the browser leaves for the provider.
create table provider_session (
    session_id uuid        primary key references person_session on delete cascade,
    id_token   bytea       not null,
    key_id     text        not null,
    ticket     bytea       unique,
    left_at    timestamptz,
    check ((ticket is null) = (left_at is null))
);
