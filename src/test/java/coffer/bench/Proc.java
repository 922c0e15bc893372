package coffer.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What the kernel knows of a process. Linux only. */
final class Proc {

    private static final double TICKS_PER_SECOND = 100;
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private Proc() {}

    /** CPU seconds, user and system, of one process since its start. */
    static double cpu(long pid) {
        var fields = stat(pid);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** The same for a process, its children that ended, and its living descendants. */
    static double cpuOfTree(long pid) {
        var fields = stat(pid);
        var own =
                Long.parseLong(fields[11])
                        + Long.parseLong(fields[12])
                        + Long.parseLong(fields[13])
                        + Long.parseLong(fields[14]);
        return own / TICKS_PER_SECOND
                + ProcessHandle.of(pid).stream()
                        .flatMap(ProcessHandle::children)
                        .mapToDouble(child -> cpuOrNone(child.pid()))
                        .sum();
    }

    private static double cpuOrNone(long pid) {
        try {
            return cpuOfTree(pid);
        } catch (UncheckedIOException ended) {
            return 0;
        }
    }

    /** The fields after the name, which may hold spaces. */
    private static String[] stat(long pid) {
        var line = read(Path.of("/proc/" + pid + "/stat"));
        return line.substring(line.lastIndexOf(')') + 2).strip().split(" ", -1);
    }

    /** The most memory it has held since its start or {@link #forgetPeak}, in MiB. */
    static long peakMebibytes(long pid) {
        return status(pid, "VmHWM:");
    }

    /** What it holds now, in MiB. */
    static long residentMebibytes(long pid) {
        return status(pid, "VmRSS:");
    }

    private static long status(long pid, String key) {
        return read(Path.of("/proc/" + pid + "/status"))
                .lines()
                .filter(line -> line.startsWith(key))
                .flatMap(line -> NUMBER.matcher(line).results())
                .mapToLong(number -> Long.parseLong(number.group()) / 1024)
                .findFirst()
                .orElseThrow();
    }

    static void forgetPeak(long pid) {
        try {
            Files.writeString(Path.of("/proc/" + pid + "/clear_refs"), "5");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Load average of the last minute. */
    static String load() {
        return read(Path.of("/proc/loadavg")).split(" ", -1)[0];
    }

    static String processor() {
        return read(Path.of("/proc/cpuinfo"))
                .lines()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 2))
                .findFirst()
                .orElse("unknown processor");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
