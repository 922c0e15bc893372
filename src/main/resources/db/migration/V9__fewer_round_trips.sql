-- What an upload costs the catalogue (docs/adr/0050). Functions in SQL that cannot be inlined are parsed and
-- planned anew in each statement that calls them; in PL/pgSQL a connection plans them once.

create or replace function coffer_now() returns timestamptz language plpgsql volatile as
$$
declare moved interval;
begin
    select i.clock_offset into moved from installation i;
    return clock_timestamp() + coalesce(moved, '0');
end
$$;

create or replace function is_held(system uuid) returns boolean language plpgsql stable as
$$
begin
    return exists (select from legal_hold h where h.appliance_id = system and h.lifted_at is null)
        or exists (select from appliance a join organization o on o.id = a.organization_id
                     join legal_hold h on h.organization_id = any (path_ids(o.path)) and h.lifted_at is null
                    where a.id = system);
end
$$;

-- Opens a reservation with its claims and charges the system, then every tier with a cap, in the order given;
-- false when one has no room: the caller rolls back. The lists are parallel and joined by commas.
create function open_reservation(backup uuid, system uuid, destination text, address text, size bigint, charged bigint,
                                 node text, lease_seconds bigint, victims text, tiers text, scopes text, caps text)
    returns boolean language plpgsql volatile as
$$
declare
    now_is  timestamptz := coffer_now();
    tier    uuid[]   := cast(string_to_array(tiers, ',') as uuid[]);
    scope   text[]   := string_to_array(scopes, ',');
    cap     bigint[] := cast(string_to_array(caps, ',') as bigint[]);
begin
    insert into reservation (backup_id, appliance_id, destination, address, size_bytes, charged_bytes, node, lease_until, created_at)
    values (backup, system, destination, address, size, charged, node, now_is + lease_seconds * interval '1 second', now_is);
    if victims <> '' then
        insert into reservation_claim (victim_id, backup_id)
        select cast(victim as uuid), backup from unnest(string_to_array(victims, ',')) victim;
    end if;
    if charged > 0 then
        update appliance_usage u set reserved_bytes = u.reserved_bytes + charged where u.appliance_id = system;
    end if;
    for i in 1 .. cardinality(tier) loop
        if scope[i] = 'tree' then
            update organization_usage u set tree_reserved_bytes = u.tree_reserved_bytes + charged
             where u.organization_id = tier[i] and u.tree_counted
               and (charged = 0 or u.tree_live_bytes + u.tree_reserved_bytes + charged <= cap[i]);
        else
            update organization_usage u set own_reserved_bytes = u.own_reserved_bytes + charged
             where u.organization_id = tier[i]
               and (charged = 0 or cap[i] = 0 or u.own_live_bytes + u.own_reserved_bytes + charged <= cap[i]);
            if not found then
                insert into organization_usage (organization_id) values (tier[i]) on conflict do nothing;
                update organization_usage u set own_reserved_bytes = u.own_reserved_bytes + charged
                 where u.organization_id = tier[i]
                   and (charged = 0 or cap[i] = 0 or u.own_live_bytes + u.own_reserved_bytes + charged <= cap[i]);
            end if;
        end if;
        if not found then
            return false;
        end if;
        insert into reservation_tier (backup_id, organization_id, scope, bytes) values (backup, tier[i], scope[i], charged);
    end loop;
    return true;
end
$$;

-- Ends a reservation, if there is one, gives back what it charged to the tiers that it charged, and books what happened
-- to whoever owns the system now. With a sequence number the system's cadence is learned anew (V5).
create function settle_account(ended uuid, system uuid, live_number integer, live bigint, trash_number integer, trash bigint,
                               seq bigint, at timestamptz, usual_seconds bigint)
    returns void language plpgsql volatile as
$$
declare
    owner    uuid;
    above    uuid[];
    declared integer;
    shares   cursor for
        select s.id, cast(sum(s.own_reserved) as bigint) as own_reserved, cast(sum(s.tree_reserved) as bigint) as tree_reserved,
               cast(sum(s.own_live) as bigint) as own_live, cast(sum(s.tree_live) as bigint) as tree_live
          from (select t.organization_id as id, case when t.scope = 'own' then t.bytes else 0 end as own_reserved,
                       case when t.scope = 'tree' then t.bytes else 0 end as tree_reserved, 0 as own_live, 0 as tree_live
                  from reservation_tier t where t.backup_id = ended
                 union all
                select u.organization_id, 0, 0, case when u.organization_id = owner then live else 0 end,
                       case when u.tree_counted then live else 0 end
                  from organization_usage u
                 where live <> 0 and u.organization_id = any (above) and (u.organization_id = owner or u.tree_counted)) s
         group by s.id order by s.id;
    charged  bigint := 0;
begin
    select a.organization_id, path_ids(o.path), a.cadence_seconds into owner, above, declared
      from appliance a join organization o on o.id = a.organization_id where a.id = system;
    for share in shares loop
        continue when share.own_reserved = 0 and share.tree_reserved = 0 and share.own_live = 0 and share.tree_live = 0;
        update organization_usage u
           set own_reserved_bytes = u.own_reserved_bytes - share.own_reserved,
               tree_reserved_bytes = u.tree_reserved_bytes - share.tree_reserved,
               own_live_bytes = u.own_live_bytes + share.own_live, tree_live_bytes = u.tree_live_bytes + share.tree_live
         where u.organization_id = share.id;
    end loop;
    if ended is not null then
        delete from reservation r where r.backup_id = ended returning r.charged_bytes into charged;
    end if;
    update appliance_usage u
       set live_count = u.live_count + live_number, live_bytes = u.live_bytes + live,
           trash_count = u.trash_count + trash_number, trash_bytes = u.trash_bytes + trash,
           reserved_bytes = u.reserved_bytes - coalesce(charged, 0), last_seq = coalesce(settle_account.seq, u.last_seq),
           last_upload_at = coalesce(c.at, u.last_upload_at), cadence_seconds = c.learned,
           due_at = coalesce(c.at + c.expected * interval '1 second', u.due_at),
           late_at = coalesce(c.at + 2 * c.expected * interval '1 second', u.late_at),
           overdue_at = coalesce(c.at + overdue_after(c.expected) * interval '1 second', u.overdue_at)
      from (select settle_account.at as at, l.learned, cast(coalesce(declared, l.learned, usual_seconds) as bigint) as expected
              from (select learned_cadence(v.cadence_seconds, v.last_upload_at, settle_account.at) as learned
                      from appliance_usage v where v.appliance_id = system) l) c
     where u.appliance_id = system;
end
$$;
