-- A person has seen an alert and says so; that it is open is for the facts alone to end.
alter table alert
    add column acknowledged_at timestamptz,
    add column acknowledged_by text,
    add column note            text check (length(note) between 1 and 500),
    add constraint an_acknowledgement_is_whole check (
        (acknowledged_at is null) = (acknowledged_by is null) and (note is null or acknowledged_at is not null));
create index alert_ended on alert (resolved_at desc, id) where resolved_at is not null;

-- The uploads of the last weeks as a strip: rows come in the order of time, so a few pages tell where to read.
create index backup_creation on backup using brin (created_at);
