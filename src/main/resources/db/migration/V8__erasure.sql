-- Erasure by law (coffer.erasure, docs/adr/0046 to 0049).

-- What is being erased is not brought back, moved or added to any more.
alter table appliance add column erasing_at timestamptz;
alter table organization add column erasing_at timestamptz;

-- One erasure. Ids only, and no reference to what it erases: this row outlives it.
create table purge (
    id            uuid primary key,
    subject_kind  text        not null check (subject_kind in ('system', 'organization')),
    subject_id    uuid        not null,
    path          text        not null check (path ~ '^(/[0-9a-f-]{36})+/$'),
    state         text        not null check (state in ('FREEZING', 'ERASING', 'LOOKING', 'CLEARING', 'DONE')),
    requested_at  timestamptz not null,
    requested_by  text        not null,
    run_id        uuid,
    replayed      boolean     not null default false,
    wait_until    timestamptz not null,
    retry_at      timestamptz,
    reason        text,
    blocked_until timestamptz,
    logged_at     timestamptz,
    completed_at  timestamptz,
    receipt       text,
    unique (subject_kind, subject_id),
    constraint done_has_a_receipt check ((state = 'DONE') = (receipt is not null and completed_at is not null)),
    constraint a_date_has_a_reason check (retry_at is null or reason is not null)
);
create index purge_open on purge (state) where state <> 'DONE';

create table purge_organization (
    purge_id        uuid not null references purge (id),
    organization_id uuid not null,
    primary key (purge_id, organization_id)
);
create table purge_system (
    purge_id     uuid not null references purge (id),
    system_id    uuid not null,
    condemned_at timestamptz,
    cleared_at   timestamptz,
    primary key (purge_id, system_id)
);
create index purge_system_system on purge_system (system_id);
-- Every place that must be found empty, twice in a row.
create table purge_place (
    purge_id    uuid    not null references purge (id),
    system_id   uuid    not null,
    destination text    not null,
    looks       integer not null default 0,
    first_at    timestamptz,
    looked_at   timestamptz,
    primary key (purge_id, system_id, destination)
);
-- What the receipt counts: objects, versions, and rows by table.
create table purge_count (
    purge_id uuid   not null references purge (id),
    thing    text   not null,
    amount   bigint not null,
    primary key (purge_id, thing)
);

-- Adds to an erasure what belongs to it; says how many systems and organizations were new.
create function purge_gather(erasure uuid) returns bigint language plpgsql volatile as
$$
declare p purge; fresh bigint; more bigint;
begin
    select * into strict p from purge x where x.id = erasure;
    if p.subject_kind = 'organization' then
        insert into purge_organization (purge_id, organization_id)
            select p.id, o.id from organization s join organization o on o.path like s.path || '%'
             where s.id = p.subject_id
            on conflict do nothing;
        get diagnostics fresh = row_count;
        insert into purge_system (purge_id, system_id)
            select p.id, a.id from purge_organization po join appliance a on a.organization_id = po.organization_id
             where po.purge_id = p.id
            on conflict do nothing;
    else
        fresh := 0;
        insert into purge_system (purge_id, system_id)
            select p.id, a.id from appliance a where a.id = p.subject_id
            on conflict do nothing;
    end if;
    get diagnostics more = row_count;
    update organization o set erasing_at = coffer_now(), deleted_at = coalesce(deleted_at, coffer_now()), version = version + 1
      from purge_organization po where po.purge_id = p.id and o.id = po.organization_id and o.erasing_at is null;
    update appliance a set erasing_at = coffer_now(), deleted_at = coalesce(deleted_at, coffer_now()), version = version + 1
      from purge_system ps where ps.purge_id = p.id and a.id = ps.system_id and a.erasing_at is null;
    return fresh + more;
end
$$;

-- True while a legal hold is on anything that the erasure takes, or above it.
create function purge_held(erasure uuid) returns boolean language plpgsql stable as
$$
declare held boolean := false;
begin
    if to_regclass('legal_hold') is not null then
        execute 'with above as (
                     select cast(unnest(string_to_array(trim(both ''/'' from p.path), ''/'')) as uuid) as id from purge p where p.id = $1
                     union select organization_id from purge_organization where purge_id = $1
                     union select cast(unnest(string_to_array(trim(both ''/'' from o.path), ''/'')) as uuid)
                             from purge_system s join appliance a on a.id = s.system_id join organization o on o.id = a.organization_id
                            where s.purge_id = $1)
                 select exists (select from legal_hold h where h.lifted_at is null
                                   and (h.organization_id in (select id from above)
                                     or h.appliance_id in (select system_id from purge_system where purge_id = $1)))'
            into held using erasure;
    end if;
    return held;
end
$$;

-- Nobody moves anything in the tree until the transaction ends.
create function purge_lock_tree() returns void language plpgsql volatile as
$$
begin
    if to_regproc('tree_changes') is not null then
        execute 'select tree_changes()';
    end if;
end
$$;

create function purge_add(erasure uuid, what text, how_many bigint) returns void language sql volatile as
$$
insert into purge_count (purge_id, thing, amount) select $1, $2, $3 where $3 > 0
    on conflict (purge_id, thing) do update set amount = purge_count.amount + excluded.amount
$$;

-- Deletes rows by their key together with whatever refers to them, however deep: a table that is added
-- later and refers to a system, a backup, an account or an organization is erased without being named here.
create function purge_rows(erasure uuid, victim regclass, keys uuid[]) returns void language plpgsql volatile as
$$
declare link record; found uuid[]; gone bigint; own text;
begin
    if coalesce(cardinality(keys), 0) = 0 then
        return;
    end if;
    for link in
        select cast(c.conrelid as regclass) as child, quote_ident(child.attname) as child_column,
               (select quote_ident(pk.attname) from pg_index i join pg_attribute pk on pk.attrelid = i.indrelid and pk.attnum = i.indkey[0]
                 where i.indrelid = c.conrelid and i.indisprimary and i.indnatts = 1
                   and pk.atttypid = cast('uuid' as regtype)) as child_key
          from pg_constraint c
          join pg_attribute child on child.attrelid = c.conrelid and child.attnum = c.conkey[1]
         where c.contype = 'f' and c.confrelid = victim and c.conrelid <> victim and cardinality(c.conkey) = 1
         order by cast(cast(c.conrelid as regclass) as text), c.conname
    loop
        if link.child_key is not null then
            execute format('select array_agg(%s) from %s where %s = any ($1)', link.child_key, link.child, link.child_column)
                into found using keys;
            perform purge_rows(erasure, link.child, found);
        else
            execute format('delete from %s where %s = any ($1)', link.child, link.child_column) using keys;
            get diagnostics gone = row_count;
            perform purge_add(erasure, 'rows.' || cast(link.child as text), gone);
        end if;
    end loop;
    select quote_ident(a.attname) into strict own
      from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
     where i.indrelid = victim and i.indisprimary;
    execute format('delete from %s where %s = any ($1)', victim, own) using keys;
    get diagnostics gone = row_count;
    perform purge_add(erasure, 'rows.' || cast(victim as text), gone);
end
$$;

-- The personal part of audit entries about these subjects, or by them; the entries stay.
create function purge_trail(erasure uuid, subjects text[]) returns void language plpgsql volatile as
$$
declare gone bigint;
begin
    delete from audit_detail d using audit_entry e
     where d.entry_id = e.id and e.subject = any (subjects);
    get diagnostics gone = row_count;
    perform purge_add(erasure, 'rows.audit_detail', gone);
    delete from alert where subject = any (subjects);
    get diagnostics gone = row_count;
    perform purge_add(erasure, 'rows.alert', gone);
end
$$;

-- All rows of one system.
create function purge_system_rows(erasure uuid, system uuid) returns void language plpgsql volatile as
$$
declare backups uuid[];
begin
    select array_agg(b.id) into backups from backup b where b.subject_id = system;
    perform purge_trail(erasure, array['system:' || system]
                               || coalesce((select array_agg('backup:' || b) from unnest(backups) b), '{}'));
    perform purge_rows(erasure, 'backup', backups);
    perform purge_rows(erasure, 'appliance', array[system]);
end
$$;

-- All rows of the organizations of an erasure, and of the people in them.
create function purge_organization_rows(erasure uuid) returns void language plpgsql volatile as
$$
declare organizations uuid[]; accounts uuid[] := '{}'; api_keys uuid[] := '{}'; people text[]; gone bigint;
begin
    select array_agg(organization_id) into organizations from purge_organization where purge_id = erasure;
    if organizations is null then
        return;
    end if;
    if to_regclass('account') is not null then
        execute 'select coalesce(array_agg(id), ''{}'') from account where organization_id = any ($1)' into accounts using organizations;
    end if;
    if to_regclass('api_key') is not null then
        execute 'select coalesce(array_agg(id), ''{}'') from api_key where account_id = any ($1)' into api_keys using accounts;
    end if;
    people := array(select 'user:' || a from unnest(accounts) a union all select 'api-key:' || k from unnest(api_keys) k);
    perform purge_trail(erasure, array(select 'organization:' || o from unnest(organizations) o) || people);
    if cardinality(people) > 0 then
        delete from audit_detail d using audit_entry e where d.entry_id = e.id and e.actor = any (people);
        get diagnostics gone = row_count;
        perform purge_add(erasure, 'rows.audit_detail', gone);
    end if;
    perform purge_rows(erasure, 'organization', organizations);
end
$$;
