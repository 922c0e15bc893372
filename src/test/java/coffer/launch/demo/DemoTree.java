package coffer.launch.demo;

import coffer.launch.ApplianceClient;
import coffer.launch.Seed;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** The organizations of the demo and their systems, as they were ninety days ago. */
final class DemoTree {

    /** What the name of each distributor ends with, and so what a removal looks for. */
    static final String MARK = " (demo)";

    private static final List<String> DISTRIBUTORS = List.of("Alpina", "Meridiana", "Adriatica");
    private static final List<String> CUSTOMERS =
            List.of(
                    "Bakery Rossi",
                    "Law Office Verdi",
                    "Clinic San Luca",
                    "Foundry Bianchi",
                    "Hotel Belvedere",
                    "School Pascoli",
                    "Cooperative Il Melo",
                    "Printers Neri",
                    "Winery Conti",
                    "Garage Ferrari",
                    "Pharmacy Moro",
                    "Museum Galli",
                    "Shipyard Longo",
                    "Theatre Fenice",
                    "Accountants Ricci",
                    "Dairy Fontana",
                    "Library Sforza",
                    "Joiners Greco",
                    "Publishers Lupo",
                    "Surveyors Costa",
                    "Fitness Arena");
    private static final List<String> NAMES =
            List.of("firewall", "branch firewall", "mail server", "telephone exchange");
    private static final List<String> TYPES =
            List.of("nethsecurity", "nethsecurity", "nethserver", "nethvoice");
    private static final long MIB = 1_048_576;

    private final Keeper keeper;
    private final URI node;
    private final List<UUID> distributors = new ArrayList<>();
    private final List<UUID> resellers = new ArrayList<>();
    private final List<UUID> customers = new ArrayList<>();

    DemoTree(Keeper keeper, URI node) {
        this.keeper = keeper;
        this.node = node;
    }

    /** Makes the organizations and their policies. */
    DemoTree grow() throws java.sql.SQLException {
        var owner = keeper.owner();
        for (var name : DISTRIBUTORS) {
            var distributor = organization("distributor", name + " Distribution" + MARK, owner);
            distributors.add(distributor);
            for (var part : List.of("North", "South")) {
                var reseller = organization("reseller", name + " Services " + part, distributor);
                resellers.add(reseller);
                for (var i = 0; i < 3; i++) {
                    customer(reseller);
                }
            }
            customer(distributor);
        }
        policy(distributors.get(0), Map.of("max_backups", 60, "quota_bytes", 64 * MIB));
        policy(distributors.get(1), Map.of("max_backups", 30));
        policy(resellers.get(0), Map.of("quota_bytes", 4 * MIB, "downloads", "restricted"));
        return this;
    }

    private void customer(UUID parent) {
        customers.add(organization("customer", CUSTOMERS.get(customers.size()), parent));
    }

    private UUID organization(String type, String name, UUID parent) {
        return id(
                keeper.send(
                        "POST",
                        "/api/organizations",
                        Map.of("name", name, "type", type, "parent_id", parent.toString())));
    }

    private void policy(UUID organization, Map<String, ?> policy) {
        keeper.send("PUT", "/api/organizations/" + organization + "/policy", policy);
    }

    /** Makes the systems; all but one register. */
    List<DemoSystem> plant() {
        var systems = new ArrayList<DemoSystem>();
        for (var habit : Habit.all()) {
            var number = systems.size();
            var customer =
                    habit == Habit.UNPAID ? customers.size() - 1 : number % (customers.size() - 1);
            systems.add(system(number, habit, customer));
        }
        return systems;
    }

    private DemoSystem system(int number, Habit habit, int customer) {
        var kind = (number / (customers.size() - 1) + customer) % NAMES.size();
        var name = CUSTOMERS.get(customer) + ", " + NAMES.get(kind);
        var body = new LinkedHashMap<String, Object>();
        body.put("organization_id", customers.get(customer).toString());
        body.put("name", name);
        body.put("type", TYPES.get(kind));
        body.put("fqdn", fqdn(name));
        var made = keeper.send("POST", "/api/systems", body);
        var id = id(made.get("system") instanceof Map<?, ?> system ? system : made);
        var credentials =
                new Seed.Firewall(
                        id,
                        String.valueOf(made.get("system_key")),
                        String.valueOf(made.get("system_secret")));
        var system = new DemoSystem(number, habit, customers.get(customer), credentials);
        if (habit.declaredDays() > 0) {
            keeper.send(
                    "PUT",
                    "/api/systems/" + id,
                    Map.of(
                            "name",
                            name,
                            "type",
                            TYPES.get(kind),
                            "fqdn",
                            fqdn(name),
                            "cadence_seconds",
                            86_400L * habit.declaredDays()));
        }
        if (habit != Habit.UNBORN) {
            register(system);
        }
        return system;
    }

    private static String fqdn(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-") + ".example.org";
    }

    private void register(DemoSystem system) {
        var answer =
                ApplianceClient.of(node, system.credentials())
                        .withAuthorization(null)
                        .send(
                                "POST",
                                "/systems/register",
                                BodyPublishers.ofString(
                                        "{\"system_secret\":\""
                                                + system.credentials().secret()
                                                + "\"}"),
                                "Content-Type",
                                "application/json");
        if (answer.status() != 200) {
            throw new IllegalStateException("a registration answered " + answer);
        }
    }

    List<UUID> distributors() {
        return List.copyOf(distributors);
    }

    List<UUID> resellers() {
        return List.copyOf(resellers);
    }

    List<UUID> customers() {
        return List.copyOf(customers);
    }

    private static UUID id(Map<?, ?> thing) {
        return UUID.fromString(String.valueOf(thing.get("id")));
    }
}
