package coffer.launch;

import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program of the machine that a test wants to see Coffer used with. */
public final class Tool {

    private static final Duration PATIENCE = Duration.ofSeconds(300);

    private final Path program;

    private Tool(Path program) {
        this.program = program;
    }

    /** What a run printed and how it ended. */
    public record Result(int exit, String output, String errors) {

        /** The same, or an exception that shows everything, unless it ended well. */
        public Result orThrow() {
            if (exit != 0) {
                throw new IllegalStateException("exit " + exit + "\n" + output + "\n" + errors);
            }
            return this;
        }
    }

    /** The program of that name; without it the test is skipped with one printed sentence. */
    public static Tool named(String name) {
        return new Tool(path(name));
    }

    /** Where the program is, for who starts it himself; skipped without it, too. */
    public static Path path(String name) {
        var found =
                List.of(
                                System.getenv()
                                        .getOrDefault("PATH", "")
                                        .split(java.io.File.pathSeparator, -1))
                        .stream()
                        .map(folder -> Path.of(folder, name))
                        .filter(Files::isExecutable)
                        .findFirst();
        if (found.isEmpty()) {
            System.out.println("Skipped: this machine has no " + name + ".");
            Assumptions.abort("this machine has no " + name);
        }
        return found.orElseThrow();
    }

    /** Runs it to its end. */
    public Result run(Map<String, String> environment, List<String> words) {
        try {
            var out = Files.createTempFile("tool", ".out");
            var err = Files.createTempFile("tool", ".err");
            try {
                return run(environment, words, out, err);
            } finally {
                Files.deleteIfExists(out);
                Files.deleteIfExists(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Runs it to its end in the test's own environment. */
    public Result run(String... words) {
        return run(Map.of(), List.of(words));
    }

    private Result run(Map<String, String> environment, List<String> words, Path out, Path err)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(program.toString()));
        command.addAll(words);
        var builder =
                new ProcessBuilder(command)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new IllegalStateException(program + " did not end: " + words);
        }
        return new Result(
                process.exitValue(),
                Files.readString(out, StandardCharsets.ISO_8859_1),
                Files.readString(err, StandardCharsets.ISO_8859_1));
    }
}
