package coffer.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Runs loads that come as lines, each with so many clients at once, until the lines end. */
final class Clients {

    /** What one client does again and again. */
    interface Client extends AutoCloseable {

        /** One request of the number {@code turn}; the status of its answer. */
        int request(long turn) throws Exception;

        @Override
        default void close() throws IOException {}
    }

    /** Makes the client of a number; thread-safe. */
    interface Maker {
        Client make(Load load, int number) throws Exception;
    }

    private Clients() {}

    /** Answers each line of the standard input with one of the standard output. */
    static void serve(Function<String, String> work) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println("ready");
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            System.out.println(work.apply(line));
        }
    }

    static Result run(Load load, Maker maker) {
        var tally = new Tally();
        var end = System.nanoTime() + load.duration().toNanos();
        var left = new AtomicLong(load.most());
        var threads = new ArrayList<Thread>();
        for (var number = 0; number < load.clients(); number++) {
            var mine = number;
            threads.add(
                    Thread.ofPlatform()
                            .stackSize(256 * 1024)
                            .start(() -> work(load, mine, maker, end, left, tally)));
        }
        for (var thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return tally.result(load.sizeBytes());
    }

    private static void work(
            Load load, int number, Maker maker, long end, AtomicLong left, Tally tally) {
        try (var client = maker.make(load, number)) {
            for (var turn = 0L; System.nanoTime() < end && left.getAndDecrement() > 0; turn++) {
                var from = System.nanoTime();
                try {
                    tally.answered(client.request(turn), System.nanoTime() - from);
                } catch (Exception failed) {
                    tally.broke(failed);
                }
            }
        } catch (Exception failed) {
            tally.broke(failed);
        }
    }
}
