-- The fleet seen and managed from above (docs/adr/0032 to 0036).

-- The shape of the tree: who stands below whom, and which organizations count their subtree. Every
-- transaction that charges or books bytes, or that hangs something into the tree, keeps it as it is
-- (shared); moving an organization, setting a quota or a hold changes it (exclusive, alone). Both are
-- taken before any row, so that no two transactions wait for each other.
create function tree_stands() returns void language plpgsql volatile as
$$ begin perform pg_advisory_xact_lock_shared(1668245094, 1); end $$;
create function tree_changes() returns void language plpgsql volatile as
$$ begin perform pg_advisory_xact_lock(1668245094, 1); end $$;

-- What is below a path (itself included) is one range of organization_subtree: '0' follows '/'.
create function below(path text) returns text language sql immutable as
$$ select left(path, -1) || '0' $$;
create function path_ids(path text) returns uuid[] language sql immutable as
$$ select cast(string_to_array(trim(both '/' from path), '/') as uuid[]) $$;

alter table organization add column downloads text not null default 'inherit'
    check (downloads in ('inherit', 'all', 'restricted'));
create index organization_stopped on organization (id) where suspended_at is not null or deleted_at is not null;

-- Legal holds, on an organization (with its subtree) or on one system; one for each organization that sets one.
create table legal_hold (
    id                  uuid primary key,
    organization_id     uuid references organization (id),
    appliance_id        uuid references appliance (id),
    reason              text        not null check (length(reason) between 1 and 500),
    set_by              text        not null,
    set_by_organization uuid        not null references organization (id),
    set_at              timestamptz not null,
    lifted_at           timestamptz,
    lifted_by           text,
    constraint a_hold_is_on_one_thing check ((organization_id is null) <> (appliance_id is null))
);
create unique index legal_hold_on_organization on legal_hold (organization_id, set_by_organization)
    where lifted_at is null and organization_id is not null;
create unique index legal_hold_on_appliance on legal_hold (appliance_id, set_by_organization)
    where lifted_at is null and appliance_id is not null;

create function is_held(system uuid) returns boolean language sql stable as
$$
select exists (select from legal_hold h where h.appliance_id = system and h.lifted_at is null)
    or exists (select from appliance a join organization o on o.id = a.organization_id
                 join legal_hold h on h.organization_id = any (path_ids(o.path)) and h.lifted_at is null
                where a.id = system)
$$;

-- A backup belongs to whoever owns its system now; a move of the system writes no row per backup.
drop index backup_organization;
update backup set organization_id = null where subject_kind = 'appliance' and organization_id is not null;
comment on column backup.organization_id is 'of subjects that never move; null for appliances: their owner is appliance.organization_id';

-- Systems: a declared cadence; the secret that waits for a replacement's registration; sorted lists.
alter table appliance add column cadence_seconds integer check (cadence_seconds >= 3600);
alter table appliance_secret add column awaits_registration boolean not null default false;
create index appliance_by_name on appliance (lower(name), id) where deleted_at is null;
create index appliance_by_creation on appliance (created_at, id) where deleted_at is null;
create index appliance_living on appliance (organization_id) where deleted_at is null;

-- When an inventory last differed from the one before: a sign that there is something to back up.
alter table appliance_inventory add column changed_at timestamptz;
update appliance_inventory set changed_at = received_at;
alter table appliance_inventory alter column changed_at set not null;

-- The usual time between uploads, learned at each seal, and what follows from it (see backup_state).
alter table appliance_usage
    add column cadence_seconds integer check (cadence_seconds > 0),
    add column due_at     timestamptz,
    add column late_at    timestamptz,
    add column overdue_at timestamptz;
update appliance_usage
   set due_at = last_upload_at + interval '1 day', late_at = last_upload_at + interval '2 days',
       overdue_at = last_upload_at + interval '7 days'
 where last_upload_at is not null;
create index appliance_usage_due on appliance_usage (due_at);
create index appliance_usage_overdue on appliance_usage (overdue_at);
create index appliance_usage_upload on appliance_usage (last_upload_at);

-- Locks a system's account, making it at first need, while the tree stands; each step sees what was
-- committed before it.
create function lock_account(system uuid)
    returns table (seq bigint, uploaded_at timestamptz, owner_path text)
    language plpgsql volatile as
$$
begin
    perform tree_stands();
    perform 1 from appliance_usage u where u.appliance_id = system for update;
    if not found then
        insert into appliance_usage (appliance_id) select a.id from appliance a where a.id = system
            on conflict do nothing;
        perform 1 from appliance_usage u where u.appliance_id = system for update;
    end if;
    return query
        select u.last_seq, u.last_upload_at, o.path
          from appliance_usage u
          join appliance a on a.id = u.appliance_id
          join organization o on o.id = a.organization_id
         where u.appliance_id = system;
end
$$;

-- What follows from the last upload and the cadence: declared, else learned, else usual.
create function overdue_after(cadence_seconds bigint) returns bigint language sql immutable as
$$ select greatest(604800, 4 * cadence_seconds) $$;
create function expect_uploads(system uuid, usual_seconds integer) returns void language sql volatile as
$$
update appliance_usage u
   set due_at = u.last_upload_at + c.seconds * interval '1 second',
       late_at = u.last_upload_at + 2 * c.seconds * interval '1 second',
       overdue_at = u.last_upload_at + overdue_after(c.seconds) * interval '1 second'
  from (select cast(coalesce(a.cadence_seconds, v.cadence_seconds, usual_seconds) as bigint) as seconds
          from appliance a join appliance_usage v on v.appliance_id = a.id where a.id = system) c
 where u.appliance_id = system and u.last_upload_at is not null
$$;

-- What a seal teaches (UsageLedger). Gaps below an hour are re-sends and retries and teach nothing; one
-- long gap counts at most four times the usual, so that a holiday is not learned.
create function learned_cadence(known integer, previous timestamptz, at timestamptz) returns integer
    language sql immutable as
$$
select case
    when at is null or previous is null or at - previous < interval '1 hour' then known
    when known is null then cast(least(extract(epoch from at - previous), 7776000) as integer)
    else known + (cast(least(extract(epoch from at - previous), 4.0 * known, 7776000) as integer) - known) / 4 end
$$;

-- never, fresh, due, late, overdue or paused; docs/glossary.md defines each.
create function backup_state(paused boolean, uploaded_at timestamptz, due_at timestamptz, late_at timestamptz,
                             overdue_at timestamptz, changed_at timestamptz, beat_at timestamptz, as_of timestamptz)
    returns text language sql immutable as
$$
select case
    when paused then 'paused'
    when uploaded_at is null then 'never'
    when overdue_at <= as_of then 'overdue'
    when coalesce(changed_at, beat_at) > uploaded_at and late_at <= as_of then 'late'
    when coalesce(changed_at, beat_at) > uploaded_at and due_at <= as_of then 'due'
    else 'fresh' end
$$;
