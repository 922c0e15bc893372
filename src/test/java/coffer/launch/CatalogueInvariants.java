package coffer.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What must hold of a catalogue and its store in every committed state (design section 2), looked
 * at from outside: rows by SQL, objects as the files of the embedded store. Every integration test
 * ends with it.
 */
public final class CatalogueInvariants {

    /** Each yields what is wrong, a line a row, and no row when nothing is. */
    private static final List<String> RULES =
            List.of(
                    """
                    select 'system ' || s.id || ' books live ' || coalesce(u.live_count, 0) || '/' || coalesce(u.live_bytes, 0)
                           || ' trash ' || coalesce(u.trash_count, 0) || '/' || coalesce(u.trash_bytes, 0)
                           || ' reserved ' || coalesce(u.reserved_bytes, 0) || ' but has live ' || s.live_count || '/' || s.live_bytes
                           || ' trash ' || s.trash_count || '/' || s.trash_bytes || ' reserved ' || s.reserved
                      from (select a.id,
                                   count(b.id) filter (where b.state = 'STORED') live_count,
                                   coalesce(sum(b.size_bytes) filter (where b.state = 'STORED'), 0) live_bytes,
                                   count(b.id) filter (where b.state = 'TRASHED') trash_count,
                                   coalesce(sum(b.size_bytes) filter (where b.state = 'TRASHED'), 0) trash_bytes,
                                   (select coalesce(sum(charged_bytes), 0) from reservation r where r.appliance_id = a.id) reserved
                              from appliance a left join backup b on b.subject_id = a.id group by a.id) s
                      left join appliance_usage u on u.appliance_id = s.id
                     where (coalesce(u.live_count, 0), coalesce(u.live_bytes, 0), coalesce(u.trash_count, 0),
                            coalesce(u.trash_bytes, 0), coalesce(u.reserved_bytes, 0))
                           is distinct from (s.live_count, s.live_bytes, s.trash_count, s.trash_bytes, s.reserved)
                    """,
                    """
                    select 'organization ' || o.id || ' books own live ' || u.own_live_bytes || ' but its systems have ' || o.live
                      from (select a.organization_id id, coalesce(sum(b.size_bytes) filter (where b.state = 'STORED'), 0) live
                              from appliance a left join backup b on b.subject_id = a.id group by a.organization_id) o
                      join organization_usage u on u.organization_id = o.id
                     where u.own_live_bytes <> o.live
                    """,
                    """
                    select 'organization ' || u.organization_id || ' books reserved ' || u.own_reserved_bytes || ' own, '
                           || u.tree_reserved_bytes || ' tree but reservations say ' || r.own || ', ' || r.tree
                      from organization_usage u,
                           lateral (select coalesce(sum(bytes) filter (where scope = 'own'), 0) own,
                                           coalesce(sum(bytes) filter (where scope = 'tree'), 0) tree
                                      from reservation_tier t where t.organization_id = u.organization_id) r
                     where (u.own_reserved_bytes, u.tree_reserved_bytes) is distinct from (r.own, r.tree)
                    """,
                    """
                    select 'organization ' || u.organization_id || ' books tree live ' || u.tree_live_bytes || ' but its subtree has ' || t.live
                      from organization_usage u
                      join organization o on o.id = u.organization_id,
                           lateral (select coalesce(sum(b.size_bytes), 0) live
                                      from organization below
                                      join appliance a on a.organization_id = below.id
                                      join backup b on b.subject_id = a.id and b.state = 'STORED'
                                     where below.path like o.path || '%') t
                     where u.tree_counted and u.tree_live_bytes <> t.live
                    """,
                    "select 'PENDING without a reservation: ' || id from backup b where state ="
                            + " 'PENDING' and not exists (select from reservation r where r.backup_id ="
                            + " b.id)",
                    "select 'reservation of a backup that is ' || b.state || ': ' || b.id from"
                            + " reservation r join backup b on b.id = r.backup_id where b.state <>"
                            + " 'PENDING'",
                    "select 'kept without a copy: ' || id from backup b where state in ('STORED',"
                            + " 'TRASHED') and not exists (select from backup_copy c where c.backup_id"
                            + " = b.id)",
                    "select 'on its way out, but nobody will erase it: ' || id from backup b where"
                            + " state in ('DOOMED', 'ABANDONED') and not exists (select from outbox x"
                            + " where x.backup_id = b.id)",
                    "select 'erased, but a copy is on the books: ' || b.id from backup b join"
                            + " backup_copy c on c.backup_id = b.id where b.state = 'ERASED'",
                    "select 'sealed without an audit entry: ' || id from backup b where seq is not"
                            + " null and not exists (select from audit_entry e where e.subject ="
                            + " 'backup:' || b.id)",
                    "select 'times do not follow the sequence: ' || b.id from backup b join backup"
                            + " n on n.subject_id = b.subject_id and n.seq > b.seq and n.uploaded_at <="
                            + " b.uploaded_at");

    private CatalogueInvariants() {}

    /**
     * Checks the rows against each other, and every copy against its bytes.
     *
     * @throws AssertionError that lists everything that is wrong
     */
    public static void check(Instance instance) {
        var wrong = new ArrayList<String>();
        try (var connection = instance.connect()) {
            wrong.addAll(inOneSnapshot(connection, RULES));
            var once = bytes(connection, store(instance));
            if (!once.isEmpty()) {
                // The reaper may erase between a look at the rows and one at the files.
                once.retainAll(bytes(connection, store(instance)));
                wrong.addAll(once);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        if (!wrong.isEmpty()) {
            throw new AssertionError("the catalogue is wrong:\n  " + String.join("\n  ", wrong));
        }
    }

    /**
     * Waits until no upload is pending and nothing is due for erasing, then checks that nothing is
     * left over either.
     */
    public static void checkSettled(Instance instance, Duration atMost) {
        try {
            Wait.until(
                    "no upload is pending and nothing is due for erasing",
                    atMost,
                    () -> unsettled(instance).isEmpty());
        } catch (IllegalStateException late) {
            throw new AssertionError(late.getMessage() + "; left: " + left(instance), late);
        }
        check(instance);
        try (var connection = instance.connect()) {
            var known = new TreeSet<>(lines(connection, "select address from backup_copy"));
            var left =
                    objects(store(instance)).stream().filter(key -> !known.contains(key)).toList();
            if (!left.isEmpty()) {
                throw new AssertionError("bytes without a copy in the catalogue: " + left);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> unsettled(Instance instance) throws SQLException {
        try (var connection = instance.connect()) {
            return lines(
                    connection,
                    """
                    select 'pending ' || id from backup where state = 'PENDING'
                    union all select 'due ' || backup_id from outbox where not_before <= coffer_now()
                    union all select 'reserved ' || backup_id || ' until ' || lease_until from reservation\
                    """);
        }
    }

    /** What keeps the rest from settling: the rows, and the jobs that should have ended them. */
    private static List<String> left(Instance instance) {
        try (var connection = instance.connect()) {
            var left = new ArrayList<>(unsettled(instance));
            left.addAll(
                    lines(
                            connection,
                            """
                            select 'now ' || coffer_now()
                            union all select 'locked ' || job || ' until ' || lease_until from job_lock
                            union all select 'running ' || i.jobname || ' ' || e.jobexecid || ' ' || e.batchstatus
                              from batch.jobexecution e join batch.jobinstance i on i.jobinstanceid = e.fk_jobinstanceid
                             where e.batchstatus < 3\
                            """));
            return left;
        } catch (SQLException e) {
            return List.of(e.toString());
        }
    }

    /** Keys of the backups in the store; what the probe left is not among them. */
    public static Set<String> objects(Path bucket) {
        if (!Files.isDirectory(bucket)) {
            return Set.of();
        }
        try (var files = Files.walk(bucket)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> bucket.relativize(file).toString())
                    .filter(key -> key.contains("/systems/") && !key.contains(".s3proxy"))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof NoSuchFileException) {
                return objects(bucket); // erased while we looked
            }
            throw e;
        }
    }

    /** The folder of the instance's bucket. */
    public static Path store(Instance instance) {
        return instance.parts().store().bucket(instance.bucket());
    }

    private static List<String> inOneSnapshot(Connection connection, List<String> rules)
            throws SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        var wrong = new ArrayList<String>();
        for (var rule : rules) {
            wrong.addAll(lines(connection, rule));
        }
        connection.rollback();
        connection.setAutoCommit(true);
        return wrong;
    }

    /** No kept backup without its bytes, no bytes without a row. */
    private static List<String> bytes(Connection connection, Path bucket) throws SQLException {
        var wrong = new ArrayList<String>();
        var before = objects(bucket);
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                """
                                select c.address, encode(c.sha256, 'hex'), encode(b.sha256, 'hex'), b.id, b.state
                                  from backup b join backup_copy c on c.backup_id = b.id where b.state in ('STORED', 'TRASHED')\
                                """)) {
            while (rows.next()) {
                wrong.addAll(copy(bucket, rows));
            }
        }
        var known =
                new TreeSet<>(
                        lines(
                                connection,
                                """
                                select address from backup_copy union select address from reservation union select address from outbox\
                                """));
        before.stream()
                .filter(key -> !known.contains(key))
                .forEach(key -> wrong.add("bytes without a row: " + key));
        return wrong;
    }

    private static List<String> copy(Path bucket, ResultSet row) throws SQLException {
        var file = bucket.resolve(row.getString(1));
        if (!Files.isRegularFile(file)) {
            return List.of(row.getString(5) + " without its bytes: " + row.getString(4));
        }
        var found = sha256(file);
        return found.equals(row.getString(2)) && found.equals(row.getString(3))
                ? List.of()
                : List.of("the bytes of " + row.getString(4) + " are not what the catalogue says");
    }

    private static String sha256(Path file) {
        try (var in =
                new DigestInputStream(
                        Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> lines(Connection connection, String query) throws SQLException {
        var lines = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        }
        return lines;
    }
}
