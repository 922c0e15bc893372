package coffer.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Reads a log of {@code -Xlog:gc:file=…}. */
final class GcLog {

    /**
     * The fullest heap before and after a collection since some line, in MiB, and how many
     * collections were full; what was kept in the first half of them and in the second.
     */
    record Heap(
            long peakMebibytes,
            long keptMebibytes,
            long full,
            long keptFirstMebibytes,
            long keptLastMebibytes) {}

    private static final Pattern PAUSE = Pattern.compile("Pause (\\w+).* (\\d+)M->(\\d+)M\\(");

    private final Path file;
    private long seen;

    GcLog(Path file) {
        this.file = file;
    }

    /** From here on. */
    void forget() {
        seen = lines().size();
    }

    Heap heap() {
        var peak = 0L;
        var kept = 0L;
        var full = 0L;
        var all = new java.util.ArrayList<Long>();
        for (var line : lines().subList((int) Math.min(seen, lines().size()), lines().size())) {
            var pause = PAUSE.matcher(line);
            if (pause.find()) {
                peak = Math.max(peak, Long.parseLong(pause.group(2)));
                kept = Math.max(kept, Long.parseLong(pause.group(3)));
                all.add(Long.parseLong(pause.group(3)));
                full += pause.group(1).equals("Full") ? 1 : 0;
            }
        }
        var half = all.size() / 2;
        return new Heap(
                peak, kept, full, most(all.subList(0, half)), most(all.subList(half, all.size())));
    }

    private static long most(java.util.List<Long> values) {
        return values.stream().mapToLong(Long::longValue).max().orElse(0);
    }

    private java.util.List<String> lines() {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
