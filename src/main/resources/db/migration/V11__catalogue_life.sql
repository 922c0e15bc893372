-- When this catalogue lived: what it would know of, had it happened (docs/adr/0057).
-- A restored database has gaps here; what the bucket got in them, this catalogue cannot judge.
create table catalogue_life (
    began_at timestamptz primary key,
    last_at  timestamptz not null,
    place    text        not null,
    check (last_at >= began_at)
);

-- Another one after a dump was restored, a standby promoted, or time recovered to a point.
create function catalogue_place() returns text language plpgsql stable as
$$
declare timeline text := '';
begin
    begin
        timeline := substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8);
    exception when others then
        null; -- not every service lets one ask
    end;
    return concat_ws('/', (select oid from pg_database where datname = current_database()),
                     cast(cast('catalogue_life' as regclass) as oid), timeline);
end
$$;

-- A sign of life. "heard" is what the same node was answered last: a database that knows less went back.
create function catalogue_sign(heard timestamptz) returns timestamptz language plpgsql volatile as
$$
declare now_at timestamptz; latest catalogue_life;
begin
    perform pg_advisory_xact_lock(hashtext('coffer.life'), 0);
    now_at := coffer_now();
    select * into latest from catalogue_life order by began_at desc limit 1;
    if not found or latest.place <> catalogue_place() or latest.last_at < heard
            or latest.last_at < now_at - interval '1 minute' then
        insert into catalogue_life (began_at, last_at, place) values (now_at, now_at, catalogue_place())
            on conflict do nothing;
    else
        update catalogue_life set last_at = greatest(last_at, now_at) where began_at = latest.began_at;
    end if;
    return now_at;
end
$$;

-- Whether it lived then, with a quarter of an hour of doubt at each gap: clocks differ.
create function catalogue_lived(then_at timestamptz) returns boolean language sql stable as
$$
select exists (
    select from catalogue_life l
     where then_at >= l.began_at + case when exists (select from catalogue_life e where e.began_at < l.began_at)
                                        then interval '15 minutes' else interval '0' end
       and then_at <= l.last_at + case when exists (select from catalogue_life n where n.began_at > l.began_at)
                                       then interval '-15 minutes' else interval '15 minutes' end)
$$;

-- In a bucket that keeps versions an orphan is one version, or a delete marker, of a key.
alter table orphan
    add column version_id text    not null default '',
    add column marker     boolean not null default false,
    add column made_at    timestamptz,
    drop constraint orphan_pkey,
    add primary key (destination, address, version_id);
