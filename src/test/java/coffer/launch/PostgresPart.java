package coffer.launch;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A real PostgreSQL 15 whose data outlives it. Durable, unlike what embedded servers are started
 * with by habit: fsync and synchronous_commit are on, or every test of a crash would lie.
 *
 * <p>PostgreSQL refuses to run as root, so root starts it in a user namespace, where it is nobody.
 */
public final class PostgresPart {

    /** Connects the application: may read and write rows, and owns nothing. */
    public static final String USER = "coffer";

    /** Owns the schema; only migrations use it. */
    public static final String MIGRATION_USER = "coffer_migration";

    /** Of every role: the server listens on the loopback address only. */
    static final String PASSWORD = "coffer-embedded";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SUPERUSER = "postgres";
    private static final String NAME = "postgresql";

    private final Path folder;
    private final Path software;
    private final int port;
    private @Nullable Child child;

    PostgresPart(Path folder, Path software, int port) {
        this.folder = folder;
        this.software = software;
        this.port = port;
    }

    /**
     * Ends what a killed run left, makes the cluster if there is none, and waits until it answers.
     */
    synchronized void start() {
        var binaries = binaries();
        var data = folder.resolve("data");
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            create(binaries, data);
        }
        var log = folder.resolve("postgresql.log");
        child =
                Child.start(
                        NAME,
                        privileged(
                                List.of(
                                        binaries.resolve("bin/postgres").toString(),
                                        "-D",
                                        data.toString(),
                                        "-p",
                                        Integer.toString(port),
                                        "-c",
                                        "listen_addresses=127.0.0.1",
                                        "-c",
                                        "unix_socket_directories=",
                                        "-c",
                                        "fsync=on",
                                        "-c",
                                        "synchronous_commit=on",
                                        "-c",
                                        "full_page_writes=on",
                                        "-c",
                                        "max_connections=300",
                                        "-c",
                                        "shared_buffers=128MB",
                                        "-c",
                                        "timezone=UTC")),
                        Map.of("LC_ALL", "C"),
                        folder,
                        log);
        var started = child;
        Wait.until(
                "PostgreSQL answers",
                PATIENCE,
                () -> {
                    if (!started.alive()) {
                        throw new IllegalStateException(
                                "PostgreSQL ended at its start:\n" + Child.tail(log, 10));
                    }
                    return answers();
                });
        roles();
    }

    /** Ends what an earlier run left behind; done before ports are checked. */
    void endLeftover() {
        Child.endLeftover(NAME, folder, "INT");
    }

    /** Stops it and starts it again, as an upgrade would: every connection is cut. */
    public synchronized void restart() {
        stop();
        start();
    }

    /** A fast shutdown: transactions in flight are rolled back. */
    public synchronized void stop() {
        if (child != null) {
            child.stop("INT");
            child = null;
        }
    }

    /** SIGKILL to the postmaster, as the kernel's out-of-memory killer would. */
    public synchronized void kill() {
        if (child != null) {
            child.kill();
            child = null;
        }
    }

    /** Starts it again after {@link #stop} or {@link #kill}. */
    public synchronized void startAgain() {
        start();
    }

    /** The server's process, for its CPU time. */
    public synchronized ProcessHandle process() {
        return Objects.requireNonNull(child, "PostgreSQL is stopped").handle();
    }

    /** JDBC address of one of its databases. */
    public String url(String database) {
        return url(port, database);
    }

    private static String url(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** A superuser's connection, for what tests need to arrange and to see. */
    public Connection connect(String database) throws SQLException {
        return connect(port, database);
    }

    /** As {@link #connect(String)}, to a server that another process has started. */
    public static Connection connect(int port, String database) throws SQLException {
        return DriverManager.getConnection(
                url(port, database) + "?connectTimeout=5&loginTimeout=5", SUPERUSER, PASSWORD);
    }

    /** Makes a database that the migration role owns, unless it exists. */
    void createDatabase(String database) {
        execute(
                "select format('create database %I owner "
                        + MIGRATION_USER
                        + "', '"
                        + database
                        + "') where not exists (select from pg_database where datname = '"
                        + database
                        + "')");
    }

    private void roles() {
        for (var role : List.of(USER, MIGRATION_USER)) {
            execute(
                    "select 'create role "
                            + role
                            + " login password ''"
                            + PASSWORD
                            + "''' where not exists (select from pg_roles where rolname = '"
                            + role
                            + "')");
        }
    }

    /** Runs the statement that {@code query} makes, if it makes one. */
    private void execute(String query) {
        try (var connection = connect("postgres");
                var statement = connection.createStatement()) {
            var commands = new ArrayList<String>();
            try (var rows = statement.executeQuery(query)) {
                while (rows.next()) {
                    commands.add(rows.getString(1));
                }
            }
            for (var command : commands) {
                statement.execute(command);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL refused: " + query, e);
        }
    }

    private boolean answers() {
        try (var connection = connect("postgres")) {
            return connection.isValid(5);
        } catch (SQLException e) {
            return false;
        }
    }

    private void create(Path binaries, Path data) {
        try {
            Files.createDirectories(folder);
            deleteTree(data);
            var making = folder.resolve("data.making");
            deleteTree(making);
            var password = folder.resolve("password");
            Files.writeString(password, PASSWORD);
            run(
                    privileged(
                            List.of(
                                    binaries.resolve("bin/initdb").toString(),
                                    "-D",
                                    making.toString(),
                                    "-U",
                                    SUPERUSER,
                                    "-E",
                                    "UTF8",
                                    "--locale=C",
                                    "-A",
                                    "scram-sha-256",
                                    "--pwfile=" + password)));
            Files.delete(password);
            Files.move(making, data); // a cluster that was half made has another name
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create the database cluster in " + data, e);
        }
    }

    private static void deleteTree(Path tree) throws IOException {
        if (Files.exists(tree)) {
            try (var files = Files.walk(tree)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void run(List<String> command) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(command.getFirst() + " failed: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static List<String> privileged(List<String> command) {
        if (!"root".equals(System.getProperty("user.name"))) {
            return command;
        }
        var words = new ArrayList<>(List.of("unshare", "--user"));
        words.addAll(command);
        return words;
    }

    /**
     * Unpacks the server once, under another name first, so that a half-unpacked one is never run.
     */
    private Path binaries() {
        try (var resource =
                DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system(), architecture())) {
            var packed = resource.readAllBytes();
            var digest = MessageDigest.getInstance("SHA-256").digest(packed);
            var home = software.resolve("postgresql-" + HexFormat.of().formatHex(digest, 0, 6));
            if (!Files.isDirectory(home)) {
                Files.createDirectories(software);
                var unpacking = Files.createTempDirectory(software, "unpacking");
                Files.setPosixFilePermissions(
                        unpacking, PosixFilePermissions.fromString("rwxr-xr-x"));
                unpack(new ByteArrayInputStream(packed), unpacking);
                moveUnlessThere(unpacking, home);
            }
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack PostgreSQL into " + software, e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    private static void moveUnlessThere(Path unpacking, Path home) throws IOException {
        try {
            Files.move(unpacking, home);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            deleteTree(unpacking); // somebody else was quicker
        }
    }

    private static void unpack(InputStream packed, Path folder) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(packed))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                var target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder)) {
                    throw new IOException("an entry outside of its archive: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                    continue;
                }
                Files.createDirectories(Objects.requireNonNull(target.getParent()));
                if (entry.isSymbolicLink() || entry.isLink()) {
                    Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, target);
                    Files.setPosixFilePermissions(
                            target,
                            PosixFilePermissions.fromString(
                                    (entry.getMode() & 0100) == 0 ? "rw-r--r--" : "rwxr-xr-x"));
                }
            }
        }
    }

    private static String system() {
        var name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return name.startsWith("mac") ? "Darwin" : name.startsWith("windows") ? "Windows" : "Linux";
    }

    private static String architecture() {
        return switch (System.getProperty("os.arch", "")) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> System.getProperty("os.arch", "");
        };
    }
}
