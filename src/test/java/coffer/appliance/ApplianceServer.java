package coffer.appliance;

import coffer.launch.Instance;
import coffer.launch.Node;
import coffer.launch.Parts;
import coffer.launch.Seed;

import org.jspecify.annotations.Nullable;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * One node with one tree of organizations, for all tests of what appliances call; it ends with the
 * JVM.
 */
public final class ApplianceServer {

    private static final AtomicInteger NEXT_ADDRESS = new AtomicInteger();

    /** Several organizations deep, so that every tier can be suspended or deleted. */
    public record Tree(UUID owner, UUID distributor, UUID reseller, UUID customer) {}

    private final Instance instance;
    private final Node node;
    private final UUID owner;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private ApplianceServer() {
        instance = Parts.shared().instance("appliance");
        node = Node.on(instance, "appliance").with("coffer.http.trusted-proxies", "127.0.0.1");
        Runtime.getRuntime().addShutdownHook(new Thread(node::close, "stop appliance node"));
        node.startAndAwait();
        try (var connection = instance.connect()) {
            owner = seed(connection).owner("Owner");
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** The one server. */
    public static ApplianceServer get() {
        return Holder.SERVER;
    }

    public Node node() {
        return node;
    }

    /** Branches of its own below the one owner. */
    public Tree tree() throws SQLException {
        try (var connection = instance.connect()) {
            var seed = seed(connection);
            var distributor = seed.organization("distributor", owner, "Distributor");
            var reseller = seed.organization("reseller", distributor, "Reseller");
            return new Tree(
                    owner,
                    distributor,
                    reseller,
                    seed.organization("customer", reseller, "Customer"));
        }
    }

    public Seed.Firewall registered() throws SQLException {
        return appliance(tree().customer(), true);
    }

    public Seed.Firewall appliance(UUID organization, boolean registered) throws SQLException {
        try (var connection = instance.connect()) {
            return seed(connection).appliance(organization, registered);
        }
    }

    public Seed.Firewall imported() throws SQLException {
        var customer = tree().customer();
        try (var connection = instance.connect()) {
            return seed(connection).imported(customer);
        }
    }

    /** Runs one statement on the catalogue; {@code id} is its only parameter. */
    public void update(String sql, UUID id) throws SQLException {
        try (var connection = instance.connect();
                var statement = connection.prepareStatement(sql)) {
            statement.setObject(1, id);
            statement.executeUpdate();
        }
    }

    /** The first column of the first row as text, or null. */
    public @Nullable String query(String sql, Object parameter) throws SQLException {
        try (var connection = instance.connect();
                var statement = connection.prepareStatement(sql)) {
            statement.setObject(1, parameter);
            var rows = statement.executeQuery();
            return rows.next() ? rows.getString(1) : null;
        }
    }

    /** A request that comes from an address of its own, so that no throttle joins two tests. */
    public HttpRequest.Builder request(String path) {
        var number = NEXT_ADDRESS.incrementAndGet();
        return HttpRequest.newBuilder(node.uri(path))
                .timeout(Duration.ofSeconds(60))
                .header("X-Forwarded-For", "198.18." + number / 250 + "." + (1 + number % 250));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    public HttpResponse<String> get(String path, @Nullable String authorization) {
        var request = request(path).GET();
        return send(
                authorization == null ? request : request.header("Authorization", authorization));
    }

    public HttpResponse<String> post(String path, @Nullable String authorization, String body) {
        var request = request(path).POST(BodyPublishers.ofString(body));
        return send(
                authorization == null ? request : request.header("Authorization", authorization));
    }

    /** Sends exactly this text, and reads the one answer. */
    public String raw(String text) throws IOException {
        URI uri = node.uri();
        try (var socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return answer(socket.getInputStream());
        }
    }

    /** Liberty says 100 by itself, before anything of ours runs; that is no answer yet. */
    private static String answer(InputStream input) throws IOException {
        var head = head(input);
        if (head.startsWith("HTTP/1.1 100")) {
            head = head(input);
        }
        var length = Pattern.compile("(?i)content-length: (\\d+)").matcher(head);
        var rest =
                length.find() ? input.readNBytes(Integer.parseInt(length.group(1))) : new byte[0];
        return head + new String(rest, StandardCharsets.UTF_8);
    }

    private static String head(InputStream input) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            var next = input.read();
            if (next < 0) {
                throw new EOFException(head.toString());
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private Seed seed(Connection connection) {
        return new Seed(connection, "k1", instance.settings().get("coffer.keys.pepper.k1"));
    }

    private static final class Holder {
        static final ApplianceServer SERVER = new ApplianceServer();
    }
}
