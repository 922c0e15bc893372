package coffer.launch.demo;

import coffer.launch.Instance;
import coffer.launch.People;
import coffer.launch.PersonClient;
import coffer.launch.PersonClient.Answer;
import coffer.launch.Wait;

import com.nimbusds.jose.util.JSONObjectUtils;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The super-admin that makes and removes the demo, by the API alone. The account itself is the one
 * row that is put into the catalogue by SQL: the owner's own password is not the launcher's to
 * change. Its password is another one each time, and it is disabled in between.
 */
final class Keeper implements AutoCloseable {

    static final String USERNAME = "demo-keeper";

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final URI node;
    private final Connection connection;
    private final String password = UUID.randomUUID().toString();
    private @Nullable PersonClient client;

    Keeper(Catalogue catalogue, URI node) throws SQLException {
        this.node = node;
        connection = catalogue.connect();
        var people = new People(connection, Instance.PEPPER);
        if (!exists(connection)) {
            people.account(owner(), USERNAME, "super-admin");
        }
        people.admit(USERNAME, password);
    }

    /** True where a demo was made, or begun, or made and removed. */
    static boolean exists(Connection connection) throws SQLException {
        try (var query = connection.prepareStatement("select 1 from account where username = ?")) {
            query.setString(1, USERNAME);
            return query.executeQuery().next();
        }
    }

    /** The root of the tree. */
    UUID owner() throws SQLException {
        try (var query = connection.createStatement();
                var row = query.executeQuery("select id from organization where kind = 'owner'")) {
            row.next();
            return row.getObject(1, UUID.class);
        }
    }

    /**
     * Signs in: at the real time only, which dates tokens; the token is good for a quarter of an
     * hour.
     */
    void signIn() {
        client = PersonClient.signIn(node, USERNAME, password);
    }

    Map<String, Object> get(String path) {
        return data(client().get(path), path);
    }

    Map<String, Object> send(String method, String path, @Nullable Map<String, ?> body) {
        var json = body == null ? null : JSONObjectUtils.toJSONString(Map.copyOf(body));
        return data(client().send(method, path, json), method + " " + path);
    }

    /** As {@link #send}, for what may have happened already. */
    int status(String method, String path) {
        return client().send(method, path, null).status();
    }

    /** Has a job run, and waits for the end of that run; time that is moved has no latest one. */
    void run(String job) {
        var asked = new ArrayList<String>();
        Wait.until(
                "a run of " + job + " is taken",
                PATIENCE,
                () -> ask(job).map(asked::add).isPresent());
        Wait.until(job + " has ended", PATIENCE, () -> ended(asked.getFirst()));
    }

    /** Asks for a run, once; empty where another of its job has not ended. */
    Optional<String> ask(String job) {
        var answer = client().post("/api/jobs/" + job + "/runs", "{}");
        return answer.status() == 202
                ? Optional.of(String.valueOf(answer.text("data", "id")))
                : Optional.empty();
    }

    private boolean ended(String run) {
        return !List.of("waiting", "running", "stopping")
                .contains(get("/api/jobs/runs/" + run).get("state"));
    }

    private PersonClient client() {
        if (client == null) {
            signIn();
        }
        return client;
    }

    private static Map<String, Object> data(Answer answer, String what) {
        if (answer.status() >= 300) {
            throw new IllegalStateException(
                    what + " answered " + answer.status() + " " + answer.body());
        }
        @SuppressWarnings("unchecked")
        var data = (Map<String, Object>) answer.at("data");
        return data == null ? Map.of() : data;
    }

    @Override
    public void close() throws SQLException {
        try (connection;
                var update =
                        connection.prepareStatement(
                                "update account set disabled_at = coffer_now() where username = ?")) {
            update.setString(1, USERNAME);
            update.executeUpdate();
        }
    }
}
