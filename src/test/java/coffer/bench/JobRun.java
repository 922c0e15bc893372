package coffer.bench;

import coffer.launch.Instance;
import coffer.launch.Node;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Orders runs of jobs, waits for their ends and reads what they have cost. */
final class JobRun {

    private static final Duration LONGEST = Duration.ofMinutes(9);

    private final Bed bed;
    private final Instance instance;
    private final Node node;

    JobRun(Bed bed, Instance instance, Node node) {
        this.bed = bed;
        this.instance = instance;
        this.node = node;
    }

    /**
     * What a run has cost.
     *
     * @param seconds from the order to the end
     * @param coffer CPU seconds of the node; of the others likewise
     * @param store of the benchmark's own process, in which the store lives
     */
    record Cost(
            UUID run,
            String state,
            double seconds,
            double coffer,
            double postgresql,
            double store,
            GcLog.Heap heap,
            long residentMebibytes) {

        String line() {
            return String.format(
                    Locale.ROOT,
                    "%s, %.1f s; CPU s: Coffer %.1f, PostgreSQL %.1f, store %.1f; heap at most %d"
                            + " MiB, after a collection %d MiB in the first half and %d MiB in the"
                            + " second; RSS at most %d MiB",
                    state,
                    seconds,
                    coffer,
                    postgresql,
                    store,
                    heap.peakMebibytes(),
                    heap.keptFirstMebibytes(),
                    heap.keptLastMebibytes(),
                    residentMebibytes);
        }

        Map<String, Object> figures() {
            var figures = new LinkedHashMap<String, Object>();
            figures.put("state", state);
            figures.put("wall_seconds", seconds);
            figures.put("coffer_cpu_seconds", coffer);
            figures.put("postgresql_cpu_seconds", postgresql);
            figures.put("store_cpu_seconds", store);
            figures.put("heap_peak_mib", heap.peakMebibytes());
            figures.put("heap_kept_first_mib", heap.keptFirstMebibytes());
            figures.put("heap_kept_last_mib", heap.keptLastMebibytes());
            figures.put("rss_peak_mib", residentMebibytes);
            return figures;
        }
    }

    /** One run, to its end. */
    Cost of(String job, String parameters) throws SQLException, InterruptedException {
        var gc = new GcLog(bed.gcLog(node.name()));
        gc.forget();
        Proc.forgetPeak(node.pid());
        var self = ProcessHandle.current().pid();
        var coffer = Proc.cpu(node.pid());
        var postgresql = Proc.cpuOfTree(bed.postgresql());
        var store = Proc.cpu(self);
        var from = System.nanoTime();
        var run = ask(job, parameters);
        var end = Instant.now().plus(LONGEST);
        while (!state(run).matches("completed|failed|stopped") && Instant.now().isBefore(end)) {
            Thread.sleep(100);
        }
        return new Cost(
                run,
                state(run),
                (System.nanoTime() - from) / 1e9,
                Proc.cpu(node.pid()) - coffer,
                Proc.cpuOfTree(bed.postgresql()) - postgresql,
                Proc.cpu(self) - store,
                gc.heap(),
                Proc.peakMebibytes(node.pid()));
    }

    private UUID ask(String job, String parameters) throws SQLException {
        var id = UUID.randomUUID();
        Sql.run(
                instance,
                """
                insert into job_run (id, job, not_before, requested_at, requested_by, parameters, exclusive_key, state)
                values ('%1$s', '%2$s', coffer_now(), coffer_now(), 'bench', '%3$s', '%2$s', 'waiting')
                """
                        .formatted(id, job, parameters));
        return id;
    }

    private String state(UUID run) throws SQLException {
        return Sql.text(instance, "select state from job_run where id = '" + run + "'");
    }
}
