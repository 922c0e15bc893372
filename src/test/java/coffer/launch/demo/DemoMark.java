package coffer.launch.demo;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;

/** How far the demo of a catalogue is; the catalogue keeps it, so that no kill can lose it. */
enum DemoMark {
    BEGUN,
    WHOLE,
    REMOVING;

    /** Null where there is none. */
    static @Nullable DemoMark of(Catalogue catalogue) throws SQLException {
        try (var connection = catalogue.connect();
                var query = connection.createStatement();
                var row = query.executeQuery("select upper(demo) from installation")) {
            row.next();
            var name = row.getString(1);
            return name == null ? null : valueOf(name);
        }
    }

    /** Sets it, or takes it away. */
    static void set(Catalogue catalogue, @Nullable DemoMark mark) throws SQLException {
        try (var connection = catalogue.connect();
                var update =
                        connection.prepareStatement("update installation set demo = lower(?)")) {
            update.setString(1, mark == null ? null : mark.name());
            update.executeUpdate();
        }
    }
}
