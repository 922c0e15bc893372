package coffer.launch.demo;

import coffer.launch.PersonClient;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Whom one signs in as to see the demo as others see it. */
enum DemoPeople {
    DISTRIBUTOR("demo-distributor", "Dora Alpina", "admin", "en"),
    RESELLER("demo-reseller", "Renzo Alpina", "admin", "it"),
    READER("demo-reader", "Rita Alpina", "reader", "en");

    private final String username;
    private final String name;
    private final String role;
    private final String locale;

    DemoPeople(String username, String name, String role, String locale) {
        this.username = username;
        this.name = name;
        this.role = role;
        this.locale = locale;
    }

    String username() {
        return username;
    }

    /** The accounts, each with a password that it need not change. */
    static void settle(Keeper keeper, URI node, DemoTree tree, String password) {
        for (var one : values()) {
            var organization =
                    one == RESELLER ? tree.resellers().getFirst() : tree.distributors().getFirst();
            one.settle(keeper, node, organization, password);
        }
    }

    private void settle(Keeper keeper, URI node, UUID organization, String password) {
        var first = UUID.randomUUID().toString();
        keeper.send(
                "POST",
                "/api/users",
                Map.of(
                        "username", username,
                        "name", name,
                        "locale", locale,
                        "roles", List.of(role),
                        "organization_id", organization.toString(),
                        "password", first));
        var answer =
                PersonClient.signIn(node, username, first)
                        .put(
                                "/api/me/password",
                                "{\"current_password\":\""
                                        + first
                                        + "\",\"new_password\":\""
                                        + password
                                        + "\"}");
        if (answer.status() >= 300) {
            throw new IllegalStateException("a new password was answered " + answer);
        }
    }
}
