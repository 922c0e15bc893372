package coffer.bench;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Collects what many clients saw; thread-safe. */
final class Tally {

    private final long begun = System.nanoTime();
    private final Map<String, Integer> answers = new TreeMap<>();
    private long[] nanos = new long[1024];
    private int count;
    private long last = begun;
    private boolean showed;

    /** A request that was answered. */
    synchronized void answered(int status, long took) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = took;
        last = System.nanoTime();
        answers.merge(Integer.toString(status), 1, Integer::sum);
    }

    /** A request that was not. */
    synchronized void broke(Throwable why) {
        answers.merge(why.getClass().getSimpleName(), 1, Integer::sum);
        last = System.nanoTime();
        show(why.toString());
    }

    /** Tells the log about the first thing that went wrong. */
    synchronized void show(String trouble) {
        if (!showed) {
            showed = true;
            System.err.println(trouble);
        }
    }

    synchronized Result result(long sizeBytes) {
        var sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        var good =
                answers.entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith("20"))
                        .mapToLong(Map.Entry::getValue)
                        .sum();
        return new Result(
                good,
                good * sizeBytes,
                Math.max(1, last - begun) / 1e9,
                at(sorted, 0.5),
                at(sorted, 0.95),
                at(sorted, 0.99),
                at(sorted, 1.0),
                answers.toString().replace(" ", "").replace('=', ':'));
    }

    private static double at(long[] sorted, double share) {
        return sorted.length == 0
                ? 0
                : sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * share))] / 1e6;
    }
}
