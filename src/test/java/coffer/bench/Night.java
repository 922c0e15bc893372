package coffer.bench;

import coffer.launch.Node;

import java.sql.SQLException;

/**
 * The retention audit of a whole catalogue in two parts: as a preview, in the night that costs most
 * (every system gives up a day), and once more when there is nothing left to do.
 */
final class Night {

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
            bed.dump(node);
        }
    }

    private void everySystemHasADayToGiveUp() throws SQLException {
        Sql.run(
                bed.instance,
                """
                update backup set state = 'TRASHED', trashed_at = coffer_now() - interval '9 days', trashed_by = 'retention'
                 where seq = 1 and state = 'STORED';
                update appliance_usage set live_count = live_count - 1, live_bytes = live_bytes - 40960,
                       trash_count = trash_count + 1, trash_bytes = trash_bytes + 40960
                 where live_count > 1;
                update organization_usage u set own_live_bytes = coalesce((
                       select sum(b.size_bytes) from appliance a join backup b on b.subject_id = a.id and b.state = 'STORED'
                        where a.organization_id = u.organization_id), 0)
                """);
        Sql.run(bed.instance, "vacuum analyze");
        Sql.run(bed.instance, "checkpoint");
    }

    private void run(Node node, String what, String mode)
            throws SQLException, InterruptedException {
        var cost =
                new JobRun(bed, bed.instance, node)
                        .of(
                                "retention-audit",
                                "{\"mode\": \""
                                        + mode
                                        + "\", \"parts\": \"2\", \"chunk\": \"250\"}");
        var found =
                Sql.text(
                        bed.instance,
                        """
                        select (select coalesce(sum(done), 0) from job_progress where step = 'audit' and run_id = '%1$s')
                               || ' systems, ' || (select count(*) from retention_finding where run_id = '%1$s') || ' lines, '
                               || (select count(*) from retention_report where run_id = '%1$s') || ' reports'
                        """
                                .formatted(cost.run()));
        report.say(
                "audit " + what, "- " + what + ": " + found + ", " + cost.line(), cost.figures());
    }
}
