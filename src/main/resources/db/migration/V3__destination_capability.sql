-- What each store was seen to do (coffer.storage). Written by nodes that hold all three keys, read
-- by those that may only write and therefore cannot look for themselves.
create table destination_capability (
    destination  text primary key,
    capabilities text        not null,
    probed_at    timestamptz not null
);
