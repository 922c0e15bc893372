package coffer.launch.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;

/** The time of a demo's catalogue: goes to any instant, and back to the real one at the end. */
final class DemoClock implements AutoCloseable {

    /** The node looks twice a second where the time is. */
    private static final Duration FOLLOWED = Duration.ofMillis(1_200);

    private final Connection connection;

    /**
     * Refuses a production catalogue.
     *
     * @throws IllegalStateException its purpose is neither {@code demo} nor {@code test}
     */
    DemoClock(Catalogue catalogue) throws SQLException {
        refuseProduction(catalogue);
        connection = catalogue.connect();
    }

    /** The same, for whoever needs no clock. */
    static void refuseProduction(Catalogue catalogue) throws SQLException {
        try (var connection = catalogue.connect();
                var query = connection.createStatement();
                var row = query.executeQuery("select purpose from installation")) {
            row.next();
            if (row.getString(1).equals("production")) {
                throw new IllegalStateException(
                        "coffer.installation.purpose is production; a demo is made in demo and test"
                                + " only");
            }
        }
    }

    /** Moves the catalogue's time; the node's own follows within a second. */
    void to(Instant instant) throws SQLException {
        try (var update =
                connection.prepareStatement(
                        "update installation set clock_offset = ? - clock_timestamp()")) {
            update.setTimestamp(1, Timestamp.from(instant));
            update.executeUpdate();
        }
    }

    /** Waits until the node, too, tells the catalogue's time. */
    void settle() throws InterruptedException {
        Thread.sleep(FOLLOWED);
    }

    /** The real time again. */
    void home() throws SQLException {
        try (var update = connection.createStatement()) {
            update.executeUpdate("update installation set clock_offset = '0'");
        }
    }

    @Override
    public void close() throws SQLException {
        try {
            home();
        } finally {
            connection.close();
        }
    }
}
