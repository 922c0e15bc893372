package coffer.launch;

import org.postgresql.PGConnection;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One Coffer of its own on shared {@link Parts}: a database, a bucket and a Redis database. Any
 * number of {@link Node}s may run on it.
 *
 * @param parts the servers it lives on
 * @param name which one
 * @param database its PostgreSQL database
 * @param bucket its bucket in the store
 * @param redis its Redis database
 */
public record Instance(Parts parts, String name, String database, String bucket, URI redis) {

    /** The key of all secrets; printed here, so it protects nothing. */
    public static final String PEPPER = "pepper-of-an-embedded-instance-not-secret";

    /** JDBC address of the database. */
    public String databaseUrl() {
        return parts.postgresql().url(database);
    }

    /** A superuser's connection to the database. */
    public Connection connect() throws SQLException {
        return parts.postgresql().connect(database);
    }

    /**
     * Moves the installation's time past midnight, UTC, where that is near, so that no day ends
     * while a test counts days. It lived all the while.
     */
    public void passMidnight() throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(
                    """
                    update installation set clock_offset = clock_offset + interval '125 minutes'
                     where cast(coffer_now() at time zone 'UTC' as time) > time '22:00';
                    update catalogue_life set last_at = greatest(last_at, coffer_now())
                     where began_at = (select max(began_at) from catalogue_life)\
                    """);
        }
    }

    /** Waits until a session stands before a row that this connection has locked. */
    public void awaitBlockedBy(Connection blocker, Duration atMost) throws SQLException {
        var pid = blocker.unwrap(PGConnection.class).getBackendPID();
        Wait.until(
                "somebody waits for the locked row",
                atMost,
                () -> {
                    try (var connection = connect();
                            var statement = connection.createStatement();
                            var rows =
                                    statement.executeQuery(
                                            "select exists (select from pg_stat_activity where "
                                                    + pid
                                                    + " = any (pg_blocking_pids(pid)))")) {
                        return rows.next() && rows.getBoolean(1);
                    }
                });
    }

    /** The settings, by key, that a node needs to run here. */
    public Map<String, String> settings() {
        var settings = new LinkedHashMap<String, String>();
        settings.put("coffer.database.url", databaseUrl());
        settings.put("coffer.database.user", PostgresPart.USER);
        settings.put("coffer.database.password", PostgresPart.PASSWORD);
        settings.put("coffer.database.migration-user", PostgresPart.MIGRATION_USER);
        settings.put("coffer.database.migration-password", PostgresPart.PASSWORD);
        settings.put("coffer.redis.url", redis.toString());
        settings.put("coffer.destination.primary.endpoint", parts.store().endpoint().toString());
        settings.put("coffer.destination.primary.region", StorePart.REGION);
        settings.put("coffer.destination.primary.bucket", bucket);
        settings.put("coffer.destination.primary.access-key", StorePart.ACCESS_KEY);
        settings.put("coffer.destination.primary.secret-key", StorePart.SECRET_KEY);
        settings.put("coffer.destination.primary.path-style", "true");
        settings.put("coffer.keys.pepper.k1", PEPPER);
        settings.put("coffer.keys.audit.k1", "audit-key-of-an-embedded-instance-not-secret");
        settings.put("coffer.keys.bus.k1", "bus-key-of-an-embedded-instance-not-secret");
        settings.put("coffer.keys.receipt.k1", "receipt-key-of-an-embedded-instance-not-secret");
        return settings;
    }
}
