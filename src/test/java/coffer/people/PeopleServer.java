package coffer.people;

import coffer.launch.Instance;
import coffer.launch.Node;
import coffer.launch.Parts;
import coffer.launch.People;
import coffer.launch.PersonClient;
import coffer.launch.Seed;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** One node with an owner, for all tests of what people call; it ends with the JVM. */
public final class PeopleServer {

    /** Of the audit: a day that is far, however far tests move the time. */
    public static final String SCHEDULE = "55 23 29 2 *";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Instance instance;
    private final Node node;
    private final UUID owner;
    private final TestProvider provider = new TestProvider();

    private PeopleServer() {
        instance = Parts.shared().instance("people");
        node =
                Node.on(instance, "people")
                        .with("coffer.sign-in.hash-iterations", "" + People.ITERATIONS)
                        .with("coffer.oidc.issuer", TestProvider.ISSUER)
                        .with("coffer.oidc.audience", TestProvider.AUDIENCE)
                        .with("coffer.oidc.jwks-url", provider.address())
                        .with("coffer.oidc.authorization-url", TestProvider.AUTHORIZATION)
                        .with("coffer.oidc.token-url", provider.tokenAddress())
                        .with("coffer.oidc.end-session-url", provider.endAddress())
                        .with("coffer.oidc.name", "Example Offices")
                        .with("coffer.job.retention-audit.schedule", SCHEDULE)
                        .with("coffer.sign-in.rate-per-minute", "100000")
                        .with("coffer.sign-in.rate-per-hour", "1000000");
        node.startAndAwait();
        Runtime.getRuntime().addShutdownHook(new Thread(node::close, "stop people's node"));
        owner = with(connection -> seed(connection).owner("Owner"));
    }

    /** The one of this JVM. */
    public static PeopleServer shared() {
        return Shared.SERVER;
    }

    /** Its database, bucket and Redis database. */
    public Instance instance() {
        return instance;
    }

    /** The node. */
    public Node node() {
        return node;
    }

    /** The provider whose ID tokens it takes. */
    TestProvider provider() {
        return provider;
    }

    /** Moves the installation's time on. */
    public void advance(java.time.Duration by) {
        sql(
                "update installation set clock_offset = clock_offset + interval '"
                        + by.toSeconds()
                        + " seconds'");
    }

    /** The owner's organization. */
    public UUID owner() {
        return owner;
    }

    /** A new organization. */
    public UUID organization(String kind, UUID parent) {
        return with(connection ->
                seed(connection).organization(kind, parent, kind + " " + NUMBER.incrementAndGet()));
    }

    /** A new account of an organization. */
    public People.Account account(UUID organization, String... roles) {
        var name = "person-" + NUMBER.incrementAndGet();
        return with(connection -> people(connection).account(organization, name, roles));
    }

    /** A client that has signed in as this account. */
    public PersonClient signIn(People.Account account) {
        return PersonClient.signIn(node, account.username(), People.PASSWORD);
    }

    /** A new account that has signed in. */
    public PersonClient person(UUID organization, String... roles) {
        return signIn(account(organization, roles));
    }

    /** Work on a connection. */
    public interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /** Works as the database's superuser. */
    public <T> T with(Work<T> work) {
        try (var connection = instance.connect()) {
            return work.with(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs a statement as the database's superuser. */
    public void sql(String statement) {
        with(connection -> {
            try (var run = connection.createStatement()) {
                return run.execute(statement);
            }
        });
    }

    /** The text that a query yields. */
    public String text(String query) {
        return with(connection -> {
            try (var run = connection.createStatement();
                    var rows = run.executeQuery(query)) {
                return rows.next() ? rows.getString(1) : "";
            }
        });
    }

    /** Puts accounts in. */
    public People people(Connection connection) {
        return new People(connection, instance.settings().get("coffer.keys.pepper.k1"));
    }

    private Seed seed(Connection connection) {
        return new Seed(connection, "k1", instance.settings().get("coffer.keys.pepper.k1"));
    }

    private static final class Shared {
        static final PeopleServer SERVER = new PeopleServer();
    }
}
