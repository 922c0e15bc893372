package coffer.matrix;

import coffer.launch.Instance;
import coffer.launch.Node;
import coffer.launch.People;
import coffer.launch.PersonClient;
import coffer.launch.Seed;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The tree, its people and its things; fresh ones for calls that change them. */
final class Scene implements AutoCloseable {

    private static final Caller NOBODY = new Caller("", Place.DISTRIBUTOR, "");
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Node node;
    private final Connection connection;
    private final Seed seed;
    private final People people;
    private final Map<Place, UUID> organizations = new EnumMap<>(Place.class);
    private final Map<Caller, PersonClient> clients = new HashMap<>();
    private final Map<String, UUID> shared = new ConcurrentHashMap<>();

    Scene(Instance instance, Node node) throws SQLException {
        this.node = node;
        this.connection = instance.connect();
        var pepper = instance.settings().get("coffer.keys.pepper.k1");
        this.seed = new Seed(connection, "k1", pepper);
        this.people = new People(connection, pepper);
        for (var place : Place.values()) {
            organizations.put(
                    place,
                    place == Place.OWNER
                            ? seed.owner("Owner")
                            : organization(place, organizations.get(place.parent())));
        }
        for (var caller : Caller.ALL) {
            clients.put(caller, client(caller));
        }
        for (var place : Place.values()) {
            set(place, organizations.get(place));
        }
    }

    PersonClient as(Caller caller) {
        return clients.get(caller);
    }

    /** A session that may be ended. */
    PersonClient throwaway(Caller caller) {
        return client(caller);
    }

    /** A thing that nobody changes. */
    UUID thing(String kind, Place place) {
        return kind.equals("organization")
                ? organizations.get(place)
                : shared.computeIfAbsent(kind + place, any -> fresh(kind, place, NOBODY));
    }

    /** A thing for one call. */
    synchronized UUID fresh(String kind, Place place, Caller caller) {
        try {
            return switch (kind) {
                case "organization" ->
                        place == caller.home() ? organizations.get(place) : twin(place);
                case "user" -> people.account(organizations.get(place), name(), "reader").id();
                case "system" -> seed.appliance(organizations.get(place), true).id();
                default -> UUID.randomUUID();
            };
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    synchronized long audited() {
        try (var run = connection.createStatement();
                var rows =
                        run.executeQuery(
                                "select count(*) from audit_entry where action not like"
                                        + " 'user.signed%' and actor not like 'coffer:%'")) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** Another one in the same place, for a call that may end it. */
    private UUID twin(Place place) throws SQLException {
        var id = organization(place, organizations.get(place.parent()));
        set(place, id);
        return id;
    }

    private UUID organization(Place place, UUID parent) throws SQLException {
        return seed.organization(
                place.kind(), parent, place.text() + " " + NUMBER.incrementAndGet());
    }

    private void set(Place place, UUID organization) throws SQLException {
        if (place.state().equals("active")) {
            return;
        }
        try (var run = connection.createStatement()) {
            run.execute(
                    "update organization set "
                            + place.state()
                            + "_at = coffer_now() where id = '"
                            + organization
                            + "'");
        }
    }

    private synchronized PersonClient client(Caller caller) {
        if (caller.role().isEmpty()) {
            return PersonClient.anonymous(node);
        }
        try {
            var account = people.account(organizations.get(caller.home()), name(), caller.role());
            return caller.scope().isEmpty()
                    ? PersonClient.signIn(node, account.username(), People.PASSWORD)
                    : PersonClient.key(node, people.apiKey(account, caller.scope()));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String name() {
        return "matrix-" + NUMBER.incrementAndGet();
    }
}
