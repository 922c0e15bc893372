package coffer.bench;

import coffer.launch.Node;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** 500 clients upload; does anybody else get an answer? */
final class Crowd {

    private static final int CLIENTS = 500;

    private final Bed bed;
    private final Report report;

    Crowd(Bed bed, Report report) {
        this.bed = bed;
        this.report = report;
    }

    void measure(Node node, Duration each) {
        report.heading("While 500 clients upload");
        var slow =
                Load.upload(node.port(), CLIENTS, 100 * 1024 * each.toSeconds()).paced(100 * 1024);
        during(node, "slow, 100 KiB/s each", slow, each);
        var fast = Load.upload(node.port(), CLIENTS, 5 << 20);
        during(node, "fast, 5 MiB each", fast, each);
        bed.emptyStore();
    }

    private void during(Node node, String how, Load load, Duration each) {
        bed.prober().run(list(node, Duration.ofSeconds(1)));
        var uploads =
                CompletableFuture.supplyAsync(() ->
                        bed.sender()
                                .run(
                                        load.lasting(each.minusSeconds(1), Long.MAX_VALUE)
                                                .as(0, Catalogue.UPLOADING)));
        var health = bed.prober().run(health(node, each.dividedBy(2)));
        var lists = bed.prober().run(list(node, each.dividedBy(2)));
        var result = uploads.join();
        bed.emptyStore();
        report.say(
                "crowd " + how,
                String.format(
                        Locale.ROOT,
                        "- %s: health worst %.0f ms (p99 %.0f, %s), list worst %.0f ms (p99 %.0f,"
                                + " %s); uploads: %.1f/s, %.0f MiB/s, %s",
                        how,
                        health.worst(),
                        health.p99(),
                        health.answers(),
                        lists.worst(),
                        lists.p99(),
                        lists.answers(),
                        result.perSecond(),
                        result.mebibytesPerSecond(),
                        result.answers()),
                java.util.Map.of(
                        "health",
                        Report.figures(health),
                        "list",
                        Report.figures(lists),
                        "uploads",
                        Report.figures(result)));
    }

    private static Load health(Node node, Duration each) {
        return Load.get(node.port(), 2, "/health")
                .lasting(each, Long.MAX_VALUE)
                .as(Catalogue.UPLOADING, Catalogue.LISTING);
    }

    private static Load list(Node node, Duration each) {
        return Load.get(node.port(), 2, Lists.PATH)
                .lasting(each, Long.MAX_VALUE)
                .as(Catalogue.UPLOADING, Catalogue.LISTING);
    }
}
