package coffer.bench;

import coffer.launch.Node;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * The retention audit of a whole catalogue in two parts: as a preview, in the night that costs most
 * (every system gives up a day), and once more when there is nothing left to do.
 */
final class Night {

    private static final Duration LONGEST = Duration.ofMinutes(6);

    private final Bed bed;
    private final Report report;

    Night(Bed bed, Report report) {
        this.bed = bed;
        this.report = report;
    }

    void measure() throws SQLException, InterruptedException {
        report.heading("Retention audit, two parts");
        everySystemHasADayToGiveUp();
        try (var node =
                bed.node("bench-night")
                        .with("coffer.job.object-reaper.schedule", "off")
                        .with("coffer.job.pending-sweep.schedule", "off")) {
            node.startAndAwait();
            run(node, "preview", "preview");
            run(node, "apply, every system gives up a day", "apply");
            run(node, "apply, nothing to do", "apply");
        }
    }

    private void everySystemHasADayToGiveUp() throws SQLException {
        sql(
                """
                update backup set state = 'TRASHED', trashed_at = coffer_now() - interval '9 days', trashed_by = 'retention'
                 where seq = 1 and state = 'STORED'
                """);
        sql(
                """
                update appliance_usage set live_count = live_count - 1, live_bytes = live_bytes - 40960,
                       trash_count = trash_count + 1, trash_bytes = trash_bytes + 40960
                 where live_count > 1
                """);
        sql(
                """
                update organization_usage u set own_live_bytes = coalesce((
                       select sum(b.size_bytes) from appliance a join backup b on b.subject_id = a.id and b.state = 'STORED'
                        where a.organization_id = u.organization_id), 0)
                """);
        sql("vacuum analyze");
        sql("checkpoint");
    }

    private void run(Node node, String what, String mode)
            throws SQLException, InterruptedException {
        var gc = new GcLog(bed.gcLog(node.name()));
        gc.forget();
        Proc.forgetPeak(node.pid());
        var cpu = Proc.cpu(node.pid());
        var database = Proc.cpuOfTree(bed.postgresql());
        var from = System.nanoTime();
        var run = ask(mode);
        var end = Instant.now().plus(LONGEST);
        while (!text("select state from job_run where id = '" + run + "'")
                        .matches("completed|failed|stopped")
                && Instant.now().isBefore(end)) {
            Thread.sleep(100);
        }
        var wall = (System.nanoTime() - from) / 1e9;
        var systems =
                text(
                        "select coalesce(sum(done), 0) from job_progress where step = 'audit' and"
                                + " run_id = '"
                                + run
                                + "'");
        var lines = text("select count(*) from retention_finding where run_id = '" + run + "'");
        var state = text("select state from job_run where id = '" + run + "'");
        var heap = gc.heap();
        var coffer = Proc.cpu(node.pid()) - cpu;
        var postgresql = Proc.cpuOfTree(bed.postgresql()) - database;
        report.say(
                "audit " + what,
                String.format(
                        Locale.ROOT,
                        "- %s: %s, %s systems, %s lines, %.1f s; Coffer %.1f CPU s, PostgreSQL %.1f"
                                + " CPU s; heap at most %d MiB, %d MiB after a collection, RSS at most"
                                + " %d MiB",
                        what,
                        state,
                        systems,
                        lines,
                        wall,
                        coffer,
                        postgresql,
                        heap.peakMebibytes(),
                        heap.keptMebibytes(),
                        Proc.peakMebibytes(node.pid())),
                Map.of(
                        "state", state,
                        "systems", systems,
                        "lines", lines,
                        "wall_seconds", wall,
                        "coffer_cpu_seconds", coffer,
                        "postgresql_cpu_seconds", postgresql,
                        "heap_peak_mib", heap.peakMebibytes(),
                        "heap_kept_mib", heap.keptMebibytes()));
    }

    private UUID ask(String mode) throws SQLException {
        var id = UUID.randomUUID();
        sql(
                """
                insert into job_run (id, job, not_before, requested_at, requested_by, parameters, exclusive_key, state)
                values ('%s', 'retention-audit', coffer_now(), coffer_now(), 'bench',
                        '{"mode": "%s", "parts": "2", "chunk": "250"}', 'retention-audit', 'waiting')
                """
                        .formatted(id, mode));
        return id;
    }

    private void sql(String statement) throws SQLException {
        try (var connection = bed.instance.connect();
                var run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    private String text(String query) throws SQLException {
        try (var connection = bed.instance.connect();
                var run = connection.createStatement();
                var rows = run.executeQuery(query)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }
}
