package coffer.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.flywaydb.core.Flyway;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import javax.sql.DataSource;

/**
 * One attempt: Flyway's migrations, the application role's rights, the installation's row. All of
 * it as the schema's owner, all of it harmless to repeat, and safe on several nodes at once.
 */
@ApplicationScoped
class SchemaMigration {

    private static final String OWNERS_SOURCE = "jdbc/coffer-migration";
    private static final String HISTORY = "flyway_schema_history";
    private static final int PROBE_SECONDS = 1;

    private final DatabaseSettings database;
    private final InstallationSettings wanted;
    private final Installation installation;

    @Inject
    SchemaMigration(
            DatabaseSettings database, InstallationSettings wanted, Installation installation) {
        this.database = database;
        this.wanted = wanted;
        this.installation = installation;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected SchemaMigration() {
        this(null, null, null);
    }

    void run() throws SQLException {
        var source = Container.find(OWNERS_SOURCE, DataSource.class);
        try (var probe = source.getConnection()) {
            probe.isValid(PROBE_SECONDS); // Fails at once; Flyway would wrap and blur it.
        }
        Flyway.configure(Schema.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:db/migration")
                .table(HISTORY)
                .load()
                .migrate();
        try (var connection = source.getConnection()) {
            connection.setAutoCommit(false);
            finish(connection);
            connection.commit();
        }
    }

    private void finish(Connection connection) throws SQLException {
        execute(connection, "select pg_advisory_xact_lock(hashtext('coffer.schema'))");
        if (database.separate()) {
            for (var statement : rights(quoted(database.user()))) {
                execute(connection, statement);
            }
        } else {
            Log.warn("schema.unprotected", "reason", "the application's role owns the schema");
        }
        install(connection);
    }

    /**
     * Least privilege: whoever holds the application's password can neither rewrite nor empty the
     * trail.
     */
    private static List<String> rights(String role) {
        return List.of(
                "revoke all on all tables in schema public from " + role,
                "grant usage on schema public to " + role,
                "grant select, insert, update, delete on all tables in schema public to " + role,
                "grant usage, select on all sequences in schema public to " + role,
                "grant execute on all functions in schema public to " + role,
                "grant usage on schema batch to " + role,
                "grant select, insert, update, delete on all tables in schema batch to " + role,
                "grant usage, select on all sequences in schema batch to " + role,
                "revoke all on " + HISTORY + " from " + role,
                "revoke all on installation from " + role,
                "grant select on installation to " + role,
                "revoke all on audit_entry from " + role,
                "grant select, insert, update (chain_seq, prev_hash) on audit_entry to " + role,
                "revoke all on audit_detail from " + role,
                "grant select, insert, delete on audit_detail to " + role);
    }

    private void install(Connection connection) throws SQLException {
        try (var insert =
                connection.prepareStatement(
                        """
                        insert into installation (id, purpose, created_at)
                        values (coalesce(?, 'i-' || substr(md5(gen_random_uuid()::text), 1, 12)),
                                ?, clock_timestamp())
                        on conflict do nothing
                        """)) {
            insert.setString(1, wanted.id().orElse(null));
            insert.setString(2, wanted.purpose());
            insert.executeUpdate();
        }
        try (var select = connection.prepareStatement("select id, purpose from installation");
                var row = select.executeQuery()) {
            row.next();
            learn(row.getString(1), row.getString(2));
        }
    }

    private void learn(String id, String purpose) {
        if (wanted.id().isPresent() && !wanted.id().get().equals(id)) {
            throw new SettingsProblem(
                    "coffer.installation.id",
                    "is '" + wanted.id().get() + "'",
                    "'" + id + "', which this database has, or nothing");
        }
        installation.learn(id, purpose);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String quoted(String role) {
        return '"' + role.replace("\"", "\"\"") + '"';
    }
}
