-- Backups are found by the names of their files (docs/adr/0084): one name, or what names begin with.
create index backup_filename on backup (filename text_pattern_ops) where state in ('STORED', 'TRASHED');

-- The uploads of the last weeks as a strip (docs/adr/0088): a day of them is a piece of one index, and is read without the
-- table. A BRIN index found the pages only as long as nothing had moved, still read the rows, and let a plan without values
-- ask every system instead.
create index backup_uploaded on backup (uploaded_at) include (subject_id, size_bytes) where uploaded_at is not null;
drop index backup_creation;

-- The worst and oldest open alerts, in the overview's order.
create index alert_worst on alert (array_position(array['critical', 'warning', 'info'], severity), opened_at, id)
    where resolved_at is null;
