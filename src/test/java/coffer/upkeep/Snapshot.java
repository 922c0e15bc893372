package coffer.upkeep;

import coffer.launch.CatalogueInvariants;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A catalogue and its bucket as they were: they can be had again, and what they have become can be
 * told without what differs between two runs of the same work: new ids, instants, salts,
 * signatures.
 */
final class Snapshot {

    private static final Set<String> NOT_OURS =
            Set.of(
                    "flyway_schema_history",
                    "node",
                    "installation",
                    "job_schedule",
                    "catalogue_life",
                    "destination_capability");

    /** How a run went, and who did it, is not what it did. */
    private static final Set<String> NOT_TOLD = Set.of("job_run", "job_progress");

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Scene scene;
    private final Path kept;
    private final List<String> tables;
    private final Set<String> ids = new HashSet<>();

    private Snapshot(Scene scene, Path folder) throws SQLException {
        this.scene = scene;
        this.kept = folder.resolve("bucket");
        this.tables =
                rows(
                        "select table_name from information_schema.tables where table_schema ="
                                + " 'public' and table_type = 'BASE TABLE' order by 1");
        tables.removeAll(NOT_OURS);
        try (var connection = scene.instance().connect()) {
            execute(connection, "drop schema if exists saved cascade");
            execute(connection, "create schema saved");
            for (var table : tables) {
                execute(connection, "create table saved.%1$s as table %1$s".formatted(table));
            }
        }
        copy(bucket(), kept);
        for (var line : told()) {
            ID.matcher(line).results().forEach(found -> ids.add(found.group()));
        }
        ids.addAll(rows("select cast(id as text) from purge"));
    }

    /** Of a scene in which nothing moves. */
    static Snapshot of(Scene scene, Path folder) throws SQLException {
        return new Snapshot(scene, folder);
    }

    /** All is again as it was; nothing may be under way. */
    void restore() throws SQLException {
        restoreCatalogue();
        run("rm", "-rf", bucket().toString());
        copy(kept, bucket());
    }

    /** Only the database, as after a disaster. */
    void restoreCatalogue() throws SQLException {
        try (var connection = scene.instance().connect()) {
            connection.setAutoCommit(false);
            execute(connection, "set session_replication_role = replica"); // no checks, no cascades
            for (var table : tables) {
                execute(connection, "delete from " + table);
                var columns = columns(table);
                execute(
                        connection,
                        "insert into %1$s (%2$s) overriding system value select %2$s from saved.%1$s"
                                .formatted(table, columns));
            }
            connection.commit();
        }
    }

    /** What the catalogue and the bucket have become, masked, in an order that means nothing. */
    List<String> state() throws SQLException {
        var lines = new ArrayList<String>();
        for (var line : told()) {
            lines.add(masked(line));
        }
        for (var key : CatalogueInvariants.objects(bucket())) {
            try {
                lines.add("object " + masked(key) + " " + Files.size(bucket().resolve(key)));
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
        lines.sort(null);
        return lines;
    }

    private List<String> told() throws SQLException {
        var lines = new ArrayList<String>();
        for (var table : tables) {
            if (NOT_TOLD.contains(table) || table.startsWith("audit_")) {
                continue;
            }
            rows("select cast(row_to_json(t) as text) from " + table + " t")
                    .forEach(row -> lines.add(table + " " + row));
        }
        // That a run was rescued is true of one history only.
        rows("""
        select cast(row_to_json(t) as text) from (
               select e.actor, e.action, e.subject, e.outcome, e.source, d.detail
                 from audit_entry e left join audit_detail d on d.entry_id = e.id
                where e.action not like 'job.%') t
        """)
                .forEach(row -> lines.add("audit " + row));
        return lines;
    }

    private String masked(String line) {
        var text =
                line.replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+(Z|\\+00:00)?", "<instant>")
                        .replaceAll("(signature\\\\?\":\\\\?\")[A-Za-z0-9_-]+", "$1<signature>")
                        .replaceAll("\"id\":\\d+", "\"id\":<number>");
        return ID.matcher(text)
                .replaceAll(found -> ids.contains(found.group()) ? found.group() : "<id>");
    }

    /** All that are not made of others. */
    private String columns(String table) throws SQLException {
        return String.join(
                ", ",
                rows(
                        "select column_name from information_schema.columns where table_schema ="
                                + " 'public' and is_generated = 'NEVER' and table_name = '"
                                + table
                                + "' order by ordinal_position"));
    }

    private Path bucket() {
        return CatalogueInvariants.store(scene.instance());
    }

    private List<String> rows(String query) throws SQLException {
        var found = new ArrayList<String>();
        try (var connection = scene.instance().connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** With times and extended attributes, in which the store keeps what it knows of an object. */
    private static void copy(Path from, Path to) {
        run("cp", "-a", from.toString(), to.toString());
    }

    private static void run(String... command) {
        try {
            var process = new ProcessBuilder(command).inheritIO().start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command));
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
