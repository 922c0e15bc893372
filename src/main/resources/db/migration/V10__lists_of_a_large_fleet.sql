-- Lists of a large fleet (docs/adr/0054): what a page of 100,000 systems is found by.

-- A system has its account from its first moment, so that those that never uploaded are an index, not
-- all that are missing from a table.
create function open_account() returns trigger language plpgsql volatile as
$$
begin
    insert into appliance_usage (appliance_id) values (new.id) on conflict do nothing;
    return null;
end
$$;
create trigger appliance_has_an_account after insert on appliance
    for each row execute function open_account();
insert into appliance_usage (appliance_id) select id from appliance on conflict do nothing;
create index appliance_usage_never on appliance_usage (appliance_id) where last_upload_at is null;

-- What a search looks in, as one text. The parts are lines, and nobody types those.
alter table appliance add column search text
    generated always as (lower(name || E'\n' || coalesce(fqdn, '') || E'\n' || system_key)) stored;

-- Any piece of it by index, where the server has pg_trgm and lets us; else each search reads all systems.
do
$$
begin
    create extension if not exists pg_trgm;
    create index appliance_search on appliance using gin (search gin_trgm_ops);
exception when insufficient_privilege or undefined_file or feature_not_supported or undefined_object then
    raise notice 'pg_trgm is not there: searches for systems read all of them';
end
$$;

-- Deep pages and counts from the index alone.
drop index appliance_by_name;
create index appliance_by_name on appliance (lower(name), id) include (name, organization_id) where deleted_at is null;
drop index appliance_by_creation;
create index appliance_by_creation on appliance (created_at, id) include (organization_id) where deleted_at is null;
create index appliance_alive on appliance (id) include (organization_id, suspended_at) where deleted_at is null;
create index organization_by_name on organization (lower(name), id);

-- The few that wait for a replacement's registration, asked for each line.
create index appliance_secret_awaiting on appliance_secret (appliance_id) where awaits_registration and ended_at is null;
