-- integrity-scrub: when each copy was last read back, and what a day has cost.
alter table backup_copy add column looked_at timestamptz;
create index backup_copy_rotation on backup_copy (destination, coalesce(looked_at, created_at), id);
create table scrub_day (
    destination text   not null,
    utc_day     date   not null,
    copies      bigint not null,
    bytes       bigint not null,
    primary key (destination, utc_day)
);
