package coffer.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process that must not outlive its purpose. It runs in a session of its own, so that Ctrl-C
 * reaches only the launcher, which then stops things in order; its pid file lets the next run end
 * what a killed one left.
 */
final class Child {

    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String name;
    private final Process process;
    private final Path pidFile;

    private Child(String name, Process process, Path pidFile) {
        this.name = name;
        this.process = process;
        this.pidFile = pidFile;
    }

    /** Starts {@code command}; its output is added to {@code log}. */
    static Child start(
            String name,
            List<String> command,
            Map<String, String> environment,
            Path folder,
            Path log) {
        var words = new ArrayList<String>();
        if (Files.isExecutable(SETSID)) {
            words.add(SETSID.toString());
        }
        words.addAll(command);
        try {
            Files.createDirectories(folder);
            Files.createDirectories(log.toAbsolutePath().getParent());
            var builder =
                    new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
            builder.environment().putAll(environment);
            builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            var process = builder.start();
            var pidFile = folder.resolve(name + ".pid");
            Files.writeString(pidFile, process.pid() + " " + started(process.toHandle()) + "\n");
            return new Child(name, process, pidFile);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
    }

    /** Ends what the pid file of an earlier run names, if it still runs; {@code true} if it did. */
    static boolean endLeftover(String name, Path folder, String signal) {
        var pidFile = folder.resolve(name + ".pid");
        var left = leftover(pidFile);
        left.ifPresent(handle -> end(name, handle, signal));
        delete(pidFile);
        return left.isPresent();
    }

    private static Optional<ProcessHandle> leftover(Path pidFile) {
        try {
            var words = Files.readString(pidFile).strip().split(" ", -1);
            return ProcessHandle.of(Long.parseLong(words[0]))
                    .filter(handle ->
                            words.length == 2 && started(handle) == Long.parseLong(words[1]));
        } catch (NoSuchFileException | NumberFormatException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The start time tells a process from a later one with the same number. */
    private static long started(ProcessHandle handle) {
        return handle.info().startInstant().map(instant -> instant.toEpochMilli()).orElse(0L);
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Its exit code, once it has ended by itself. */
    int awaitEnd(Duration limit) {
        try {
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IllegalStateException(name + " still runs after " + limit);
    }

    /** Asks with {@code signal}, waits, and insists with SIGKILL. */
    void stop(String signal) {
        end(name, process.toHandle(), signal);
        delete(pidFile);
    }

    /** SIGKILL, as a power cut would; the pid file goes too, for the process is gone. */
    void kill() {
        process.destroyForcibly();
        await(process.toHandle());
        delete(pidFile);
    }

    private static void end(String name, ProcessHandle handle, String signal) {
        signal(handle.pid(), signal);
        if (!await(handle)) {
            System.err.println(name + " did not stop on " + signal + " and is killed");
            handle.destroyForcibly();
            await(handle);
        }
    }

    /** Sends a signal by name: {@code TERM}, {@code INT}, {@code STOP}, {@code CONT}. */
    static void signal(long pid, String signal) {
        try {
            var kill =
                    new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid)
                            .redirectErrorStream(true)
                            .start();
            kill.getInputStream().readAllBytes();
            kill.waitFor(5, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean await(ProcessHandle handle) {
        try {
            handle.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last lines of a log, for a message about what went wrong. */
    static String tail(Path log, int lines) {
        try {
            var all = Files.readString(log, StandardCharsets.UTF_8).lines().toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }
}
