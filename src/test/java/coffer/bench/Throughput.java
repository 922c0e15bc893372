package coffer.bench;

import coffer.bench.Meter.Reading;
import coffer.launch.Node;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Uploads beside direct puts to the same store: A, B, A, B. */
final class Throughput {

    /**
     * One line of the table. {@code hashing} is the direct writer that computes its digests, too.
     */
    record Cell(
            String store,
            long sizeBytes,
            int clients,
            Reading coffer,
            Reading direct,
            Reading hashing) {

        double ratio() {
            return coffer.result().perSecond() / direct.result().perSecond();
        }

        double ratioToHashing() {
            return coffer.result().perSecond() / hashing.result().perSecond();
        }
    }

    private static final int ROUNDS = 2;

    private final Bed bed;
    private final Plan plan;

    /** How long and how much. */
    record Plan(long[] sizes, int[] clients, Duration each, long bytesEach, Duration warmUp) {}

    Throughput(Bed bed, Plan plan) {
        this.bed = bed;
        this.plan = plan;
    }

    List<Cell> measure(String name, URI store, Node node) {
        var cells = new ArrayList<Cell>();
        try (var direct = bed.direct(store)) {
            warmUp(node, direct);
            for (var size : plan.sizes()) {
                var warm =
                        load(node.port(), 16, size)
                                .lasting(
                                        plan.each(),
                                        Math.min(2_000, plan.bytesEach() / 4 / size + 16));
                bed.sender().run(warm);
                direct.run(warm.kind("put"));
                for (var clients : plan.clients()) {
                    cells.add(cell(name, node, direct, load(node.port(), clients, size)));
                    System.out.println(Report.line(cells.getLast()));
                    bed.emptyStore();
                }
            }
        }
        return cells;
    }

    /**
     * A node that has just started runs code that is not compiled yet; production does that once.
     */
    private void warmUp(Node node, Worker direct) {
        var small = load(node.port(), 16, 16 << 10).lasting(plan.warmUp(), Long.MAX_VALUE);
        direct.run(small.kind("put").lasting(plan.warmUp().dividedBy(6), Long.MAX_VALUE));
        var quarter = small.lasting(plan.warmUp().dividedBy(4), Long.MAX_VALUE);
        for (var part = 1; part <= 4; part++) {
            var before = Proc.cpu(node.pid());
            var seen = bed.sender().run(quarter);
            System.out.printf(
                    Locale.ROOT,
                    "warm-up %d/4: %.0f/s, %.2f CPU s per 1,000%n",
                    part,
                    seen.perSecond(),
                    (Proc.cpu(node.pid()) - before) / seen.good() * 1000);
            bed.emptyStore();
        }
        bed.emptyStore();
    }

    private Load load(int port, int clients, long size) {
        var most = Math.max(1, plan.bytesEach() / size);
        return Load.upload(port, (int) Math.min(clients, most), size)
                .lasting(plan.each(), most)
                .as(0, Catalogue.UPLOADING);
    }

    private Cell cell(String store, Node node, Worker direct, Load load) {
        var meter =
                new Meter(bed)
                        .with("coffer", node.pid())
                        .with("sender", bed.sender().pid())
                        .with("direct", direct.pid())
                        .with("null", bed.nullStore.pid());
        var readings = new ArrayList<Reading>();
        for (var round = 0; round < ROUNDS; round++) {
            var turns =
                    List.<java.util.function.Supplier<Result>>of(
                            () -> bed.sender().run(load),
                            () -> direct.run(load.kind("put")),
                            () -> direct.run(load.kind("hash")));
            for (var turn = 0; turn < turns.size(); turn++) {
                var reading = meter.read(turns.get(turn));
                bed.emptyStore();
                if (round == 0) {
                    readings.add(reading);
                } else {
                    readings.set(turn, readings.get(turn).plus(reading));
                }
            }
        }
        return new Cell(
                store,
                load.sizeBytes(),
                load.clients(),
                readings.get(0),
                readings.get(1),
                readings.get(2));
    }
}
