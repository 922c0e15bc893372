package coffer.bench;

import coffer.launch.Instance;
import coffer.launch.Seed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Fills the catalogue with 5,000 organizations, systems that send, and a million backups that are
 * only there.
 */
final class Catalogue {

    /** Systems that upload, in order of the systems file. */
    static final int UPLOADING = 4_000;

    /** Systems after them whose ten backups are listed. */
    static final int LISTING = 2_000;

    private static final int CUSTOMERS = 100;
    private static final int BACKUPS_EACH = 10;

    private final Instance instance;

    Catalogue(Instance instance) {
        this.instance = instance;
    }

    /** Writes the systems file; {@code backups} in all. */
    void fill(Path systems, int backups) throws SQLException, IOException {
        try (var connection = instance.connect()) {
            var pepper = Load.word(instance.settings(), "coffer.keys.pepper.k1");
            var seed = new Seed(connection, "k1", pepper);
            connection.setAutoCommit(false);
            var customers = customers(seed);
            wide(connection);
            var all = new ArrayList<Seed.Firewall>();
            for (var count : new int[] {UPLOADING, LISTING}) {
                for (var customer : customers) {
                    all.addAll(seed.appliances(customer, count / CUSTOMERS));
                }
            }
            Files.write(systems, all.stream().map(Seed.Firewall::authorization).toList());
            listed(connection, all.subList(UPLOADING, all.size()));
            others(connection, Math.max(0, backups / BACKUPS_EACH - LISTING));
            facts(connection);
            backups(connection);
            connection.commit();
            connection.setAutoCommit(true);
            run(connection, "vacuum analyze");
            run(connection, "checkpoint");
        }
    }

    /** As on the field: some distributors, each with resellers, each with customers. */
    private static ArrayList<UUID> customers(Seed seed) throws SQLException {
        var owner = seed.owner("Bench");
        var customers = new ArrayList<UUID>();
        for (var d = 0; d < 2; d++) {
            var distributor = seed.organization("distributor", owner, "Distributor " + d);
            for (var r = 0; r < 5; r++) {
                var reseller =
                        seed.organization("reseller", distributor, "Reseller " + d + "." + r);
                for (var c = 0; c < CUSTOMERS / 10; c++) {
                    customers.add(
                            seed.organization(
                                    "customer", reseller, "Customer " + d + "." + r + "." + c));
                }
            }
        }
        return customers;
    }

    /** The systems of this list are filled first. */
    private static void listed(Connection connection, List<Seed.Firewall> systems)
            throws SQLException {
        run(connection, "create temporary table filled (id uuid, organization_id uuid)");
        try (var insert =
                connection.prepareStatement(
                        "insert into filled select id, organization_id from appliance where id ="
                                + " any (?)")) {
            insert.setArray(
                    1,
                    connection.createArrayOf(
                            "uuid", systems.stream().map(Seed.Firewall::id).toArray()));
            insert.executeUpdate();
        }
    }

    /** With these there are 5,000 organizations; some customers stand directly below the owner. */
    private static void wide(Connection connection) throws SQLException {
        below(connection, "distributor", "Distributor ' || n || '", "p.kind = 'owner'", 2, 9);
        below(
                connection,
                "reseller",
                "Reseller ' || split_part(p.name, ' ', 2) || '.' || n || '",
                "p.name ~ '^Distributor [2-9]$'",
                1,
                11);
        below(
                connection,
                "customer",
                "Customer ' || split_part(p.name, ' ', 2) || '.' || n || '",
                "p.name ~ '^Reseller [2-9]'",
                1,
                54);
        below(connection, "customer", "Customer ' || n || '", "p.kind = 'owner'", 1, 39);
    }

    private static void below(
            Connection connection, String kind, String name, String parents, int from, int to)
            throws SQLException {
        run(
                connection,
                """
                insert into organization (id, parent_id, kind, name, path, created_at)
                select id, parent, '%1$s', name, path || id || '/', now()
                  from (select %2$s as id, p.id as parent, p.path, '%3$s' as name
                          from organization p cross join generate_series(%5$d, %6$d) n where %4$s) made
                """
                        .formatted(kind, UUID_7, name, parents, from, to));
    }

    private static void others(Connection connection, int count) throws SQLException {
        run(
                connection,
                """
                with spread as (select id, row_number() over (order by id) - 1 as place, count(*) over () as among
                                  from organization where kind = 'customer'),
                     made as (insert into appliance (id, organization_id, system_key, name, type, fqdn, created_at, registered_at,
                                                     suspended_at, deleted_at)
                              select %s, spread.id, 'OTHER-' || n, 'fw-' || n,
                                     case n %% 10 when 0 then 'router' when 1 then 'server' else 'firewall' end,
                                     'fw-' || n || '.example.org', now() - random() * interval '900 days', now(),
                                     case when n %% 97 = 0 then now() end, case when n %% 101 = 0 then now() end
                                from generate_series(1, %d) n
                                join spread on spread.place = n %% spread.among
                           returning id, organization_id)
                insert into filled select id, organization_id from made
                """
                        .formatted(UUID_7, count));
    }

    /**
     * Nine in ten send heartbeats, half of them inventories; the last upload is mostly fresh. A few
     * customers are suspended or deleted.
     */
    private static void facts(Connection connection) throws SQLException {
        run(
                connection,
                """
                insert into appliance_heartbeat (appliance_id, last_at)
                select id, now() - power(random(), 6) * interval '3 days' from filled where random() < 0.9;
                insert into appliance_inventory (appliance_id, document, sha256, received_at, changed_at)
                select appliance_id, '{"os": "appliance"}', sha256('x'), last_at, now() - random() * interval '30 days'
                  from appliance_heartbeat where random() < 0.5;
                insert into appliance_usage (appliance_id, last_seq, last_upload_at, live_count, live_bytes, cadence_seconds,
                                             due_at, late_at, overdue_at)
                select id, %1$d, at, %1$d, 40960 * %1$d, 86400, at + interval '1 day', at + interval '2 days', at + interval '7 days'
                  from (select id, now() - power(random(), 16) * interval '20 days' as at from filled) f
                    on conflict (appliance_id) do update
                   set last_seq = excluded.last_seq, last_upload_at = excluded.last_upload_at, live_count = excluded.live_count,
                       live_bytes = excluded.live_bytes, cadence_seconds = excluded.cadence_seconds, due_at = excluded.due_at,
                       late_at = excluded.late_at, overdue_at = excluded.overdue_at;
                update organization set suspended_at = now() where name ~ '^Customer [2-9][.]7[.]1[0-9]$';
                update organization set deleted_at = now() where name ~ '^Customer [2-9][.]8[.]9$'
                """
                        .formatted(BACKUPS_EACH));
    }

    private static final String UUID_7 =
            "overlay(gen_random_uuid()::text placing '7' from 15 for 1)::uuid";

    /**
     * Foreign keys are not asked for each of two million rows: every id comes from the row it
     * names.
     */
    private static void backups(Connection connection) throws SQLException {
        run(connection, "set local session_replication_role = replica");
        run(
                connection,
                """
                insert into backup (id, subject_kind, subject_id, organization_id, kind, state, filename, extension, mimetype,
                                    sha256, size_bytes, content_kind, seq, uploaded_at, initiated_by, created_at)
                select %s, 'appliance', f.id, null, 'configuration', 'STORED',
                       case n when 1 then 'config-' || left(md5(f.id::text), 8) || '.tar.gz.gpg' else 'backup.tar.gz.gpg' end, '.gpg',
                       'application/octet-stream', sha256((f.id::text || n)::bytea), 40960, 'openpgp', n,
                       u.last_upload_at - make_interval(days => %d - n), 'system', u.last_upload_at - make_interval(days => %d - n)
                  from filled f join appliance_usage u on u.appliance_id = f.id cross join generate_series(1, %d) n
                """
                        .formatted(UUID_7, BACKUPS_EACH, BACKUPS_EACH, BACKUPS_EACH));
        run(
                connection,
                """
                insert into backup_copy (id, backup_id, destination, address, sha256, size_bytes, health, created_at)
                select %s, b.id, 'primary', i.id || '/systems/' || b.subject_id || '/' || b.id, b.sha256, b.size_bytes, 'stored',
                       b.created_at
                  from backup b cross join installation i
                """
                        .formatted(UUID_7));
        run(
                connection,
                """
                insert into organization_usage (organization_id, own_live_bytes)
                select organization_id, count(*) * 40960 * %d from filled group by organization_id
                """
                        .formatted(BACKUPS_EACH));
        run(connection, "set local session_replication_role = origin");
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
