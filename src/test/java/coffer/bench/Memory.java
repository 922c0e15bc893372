package coffer.bench;

import coffer.launch.Node;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * 200 uploads of 32 MiB at once and one of almost 5 GiB, the most that S3 takes in one request,
 * beside them, in a heap of 256 MiB.
 */
final class Memory {

    private static final int CLIENTS = 200;
    private static final long SMALL = 32L << 20;
    private static final long LARGE = (5L << 30) - (1 << 20);

    private final Bed bed;
    private final Report report;

    Memory(Bed bed, Report report) {
        this.bed = bed;
        this.report = report;
    }

    void measure(Node node) {
        report.heading("Memory: 200 uploads of 32 MiB and one of 5119 MiB, -Xmx256m");
        var collections = new GcLog(bed.gcLog(node.name()));
        collections.forget();
        var before = Proc.residentMebibytes(node.pid());
        Proc.forgetPeak(node.pid());
        var large =
                CompletableFuture.supplyAsync(() ->
                        bed.prober()
                                .run(
                                        Load.upload(node.port(), 1, LARGE)
                                                .lasting(Duration.ofSeconds(1), 1)
                                                .as(Catalogue.UPLOADING, 1)));
        var small =
                bed.sender()
                        .run(
                                Load.upload(node.port(), CLIENTS, SMALL)
                                        .lasting(Duration.ofSeconds(1), CLIENTS)
                                        .as(0, CLIENTS));
        var giant = large.join();
        var heap = collections.heap();
        var peak = Proc.peakMebibytes(node.pid());
        bed.emptyStore();
        report.say(
                "memory",
                String.format(
                        Locale.ROOT,
                        "- 32 MiB: %s in %.1f s, %.0f MiB/s; 5119 MiB: %s in %.1f s; RSS before %d"
                                + " MiB, peak %d MiB; heap at most %d MiB before a collection, %d MiB"
                                + " after one, full collections %d; out of memory: %s",
                        small.answers(),
                        small.seconds(),
                        small.mebibytesPerSecond(),
                        giant.answers(),
                        giant.seconds(),
                        before,
                        peak,
                        heap.peakMebibytes(),
                        heap.keptMebibytes(),
                        heap.full(),
                        node.log().contains("OutOfMemoryError") ? "YES" : "no"),
                Map.of(
                        "small", Report.figures(small),
                        "large", Report.figures(giant),
                        "rss_peak_mib", peak,
                        "heap_peak_mib", heap.peakMebibytes(),
                        "heap_kept_mib", heap.keptMebibytes()));
    }
}
