package coffer.bench;

import java.util.Locale;

/**
 * What came of a {@link Load}.
 *
 * @param good how many requests succeeded
 * @param bytes what they carried
 * @param seconds from the beginning to the last answer
 * @param p50 milliseconds
 * @param p95 milliseconds
 * @param p99 milliseconds
 * @param worst milliseconds
 * @param answers how many of each status or failure
 */
record Result(
        long good,
        long bytes,
        double seconds,
        double p50,
        double p95,
        double p99,
        double worst,
        String answers) {

    double perSecond() {
        return good / seconds;
    }

    double mebibytesPerSecond() {
        return bytes / seconds / (1 << 20);
    }

    double gibibytes() {
        return bytes / (double) (1 << 30);
    }

    /** Two runs as if they were one. */
    Result plus(Result other) {
        return new Result(
                good + other.good,
                bytes + other.bytes,
                seconds + other.seconds,
                Math.max(p50, other.p50),
                Math.max(p95, other.p95),
                Math.max(p99, other.p99),
                Math.max(worst, other.worst),
                answers.equals(other.answers) ? answers : answers + other.answers);
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "good=%d bytes=%d seconds=%.4f p50=%.3f p95=%.3f p99=%.3f worst=%.3f answers=%s",
                good,
                bytes,
                seconds,
                p50,
                p95,
                p99,
                worst,
                answers);
    }

    static Result parse(String line) {
        var words = Load.words(line);
        return new Result(
                Long.parseLong(Load.word(words, "good")),
                Long.parseLong(Load.word(words, "bytes")),
                Double.parseDouble(Load.word(words, "seconds")),
                Double.parseDouble(Load.word(words, "p50")),
                Double.parseDouble(Load.word(words, "p95")),
                Double.parseDouble(Load.word(words, "p99")),
                Double.parseDouble(Load.word(words, "worst")),
                Load.word(words, "answers"));
    }
}
