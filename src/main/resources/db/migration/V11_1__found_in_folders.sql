-- What looks into the folders of an erasure found, written before it is erased: a kill between the two
-- loses no count of the receipt.
create table purge_found (
    purge_id    uuid not null references purge (id),
    destination text not null,
    thing       text not null,
    address     text not null,
    version_id  text not null,
    primary key (purge_id, destination, thing, address, version_id)
);
