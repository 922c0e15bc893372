package coffer.storage;

import coffer.launch.Ports;
import coffer.launch.Wait;

import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The Versity S3 Gateway (Go) on a folder: from the path, or built here by {@code go install}. */
final class VersityServer implements AutoCloseable {

    private static final String MODULE = "github.com/versity/versitygw/cmd/versitygw@v1.8.0";
    private final Process process;
    private final TestStore store;

    private VersityServer(Process process, TestStore store) {
        this.process = process;
        this.store = store;
    }

    /** Empty where there is neither the program nor Go. */
    static Optional<Path> program() throws IOException, InterruptedException {
        var built = Path.of("target", "tools", "versitygw").toAbsolutePath();
        var known =
                Stream.concat(Stream.of(built), onPath("versitygw"))
                        .filter(Files::isExecutable)
                        .findFirst();
        if (known.isPresent() || onPath("go").noneMatch(Files::isExecutable)) {
            return known;
        }
        var go =
                new ProcessBuilder("go", "install", MODULE)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        go.environment().put("GOBIN", built.getParent().toString());
        var process = go.start();
        return process.waitFor(10, TimeUnit.MINUTES) && process.exitValue() == 0
                ? Optional.of(built)
                : Optional.empty();
    }

    static VersityServer start(Path program, Path folder, boolean versions) throws IOException {
        var keys = TestStore.keys("versity-access", "versity-secret");
        var port = Ports.free();
        var command =
                new ArrayList<>(
                        List.of(
                                program.toString(),
                                "--access",
                                keys.accessKey(),
                                "--secret",
                                keys.secretKey().reveal(),
                                "--port",
                                "127.0.0.1:" + port,
                                "posix"));
        if (versions) {
            command.addAll(
                    List.of(
                            "--versioning-dir",
                            Files.createDirectories(folder.resolve("versions")).toString()));
        }
        command.add(Files.createDirectories(folder.resolve("objects")).toString());
        var process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();
        Wait.until("versitygw listens", Duration.ofSeconds(20), () -> answers(port));
        return new VersityServer(
                process,
                TestStore.shared(URI.create("http://127.0.0.1:" + port), "contract", keys));
    }

    TestStore store() {
        return store;
    }

    private static boolean answers(int port) {
        try (var socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static Stream<Path> onPath(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, name));
    }

    @Override
    public void close() {
        process.destroy();
    }
}
