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

/** Fills the catalogue with systems that send and with a million backups that are only there. */
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
            var all = new ArrayList<Seed.Firewall>();
            for (var count : new int[] {UPLOADING, LISTING}) {
                for (var customer : customers) {
                    all.addAll(seed.appliances(customer, count / CUSTOMERS));
                }
            }
            Files.write(systems, all.stream().map(Seed.Firewall::authorization).toList());
            listed(connection, all.subList(UPLOADING, all.size()));
            others(connection, backups / BACKUPS_EACH - LISTING);
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

    private static void others(Connection connection, int count) throws SQLException {
        run(
                connection,
                """
                with spread as (select id, row_number() over (order by id) - 1 as place, count(*) over () as among
                                  from organization where kind = 'customer'),
                     made as (insert into appliance (id, organization_id, system_key, name, type, fqdn, created_at, registered_at)
                              select %s, spread.id, 'OTHER-' || n, 'fw-' || n, 'firewall', 'fw-' || n || '.example.org',
                                     coffer_now(), coffer_now()
                                from generate_series(1, %d) n
                                join spread on spread.place = n %% spread.among
                           returning id, organization_id)
                insert into filled select id, organization_id from made
                """
                        .formatted(UUID_7, count));
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
                select %s, 'appliance', f.id, f.organization_id, 'configuration', 'STORED', 'backup.tar.gz.gpg', '.gpg',
                       'application/octet-stream', sha256((f.id::text || n)::bytea), 40960, 'openpgp', n,
                       coffer_now() - make_interval(days => %d - n), 'system', coffer_now() - make_interval(days => %d - n)
                  from filled f cross join generate_series(1, %d) n
                """
                        .formatted(UUID_7, BACKUPS_EACH, BACKUPS_EACH, BACKUPS_EACH));
        run(
                connection,
                """
                insert into backup_copy (id, backup_id, destination, address, sha256, size_bytes, health, created_at)
                select %s, b.id, 'primary', 'bench/systems/' || b.subject_id || '/' || b.id, b.sha256, b.size_bytes, 'stored',
                       b.created_at
                  from backup b
                """
                        .formatted(UUID_7));
        run(
                connection,
                """
                insert into appliance_usage (appliance_id, last_seq, last_upload_at, live_count, live_bytes)
                select id, %d, coffer_now(), %d, 40960 * %d from filled
                """
                        .formatted(BACKUPS_EACH, BACKUPS_EACH, BACKUPS_EACH));
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
