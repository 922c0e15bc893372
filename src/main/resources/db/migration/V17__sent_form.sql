-- A form is done once, however often a browser sends it (ADR 0082). Rows of two days ago go as new ones come; by the
-- session they go with the account whose they are.
create table sent_form (
    id         uuid        primary key,
    session_id uuid        not null references person_session on delete cascade,
    sent_at    timestamptz not null,
    address    text        not null default '' check (length(address) <= 2500)
);
create index sent_form_age on sent_form (sent_at);
create index sent_form_session on sent_form (session_id);
