package coffer.fleet;

import static coffer.fleet.OrganizationBed.made;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.ApplianceClient;
import coffer.launch.ApplianceClient.Answer;
import coffer.launch.Seed;
import coffer.launch.TestSite;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A reseller with two customers for each test, and what one does to systems, through the API. */
abstract class SystemBed {

    protected final TestSite site = FleetSite.shared();
    protected FleetSite.Person owner;
    protected FleetSite.Person admin;
    protected String reseller;
    protected String one;
    protected String two;

    @BeforeEach
    void grow() {
        owner = FleetSite.person(FleetSite.owner(), "super-admin");
        reseller = made(owner, "reseller", FleetSite.owner().toString(), "Rossi");
        one = made(owner, "customer", reseller, "One");
        two = made(owner, "customer", reseller, "Two");
        admin = FleetSite.person(UUID.fromString(reseller), "admin");
    }

    @AfterEach
    void the_catalogue_agrees() {
        site.check();
    }

    protected Answer create(String organization, String name) {
        return admin.post(
                "/systems",
                "{\"organization_id\": \"%s\", \"name\": \"%s\", \"type\": \"firewall\"}"
                        .formatted(organization, name));
    }

    protected Answer reassign(String system, String organization) {
        return admin.post(
                "/systems/" + system + "/reassign",
                "{\"organization_id\": \"" + organization + "\"}");
    }

    protected Answer register(Answer made) {
        return site.client(new Seed.Firewall(UUID.randomUUID(), "x", "y"))
                .withAuthorization(null)
                .send(
                        "POST",
                        "/systems/register",
                        BodyPublishers.ofString("{\"system_secret\": \"" + secret(made) + "\"}"));
    }

    protected ApplianceClient client(Answer made) {
        return site.client(new Seed.Firewall(UUID.randomUUID(), key(made), secret(made)));
    }

    protected static String key(Answer made) {
        return made.data().path("system_key").asText();
    }

    protected static String secret(Answer made) {
        return made.data().path("system_secret").asText();
    }

    protected static String id(Answer made) {
        return made.data().path("system").path("id").asText();
    }

    protected String organization(Answer made) {
        return admin.get("/systems/" + id(made)).data().path("organization").path("id").asText();
    }

    protected long live(String organization) {
        return sum("tree_live_bytes", organization);
    }

    protected long reserved(String organization) {
        return sum("tree_reserved_bytes", organization);
    }

    protected long own(String organization) {
        return sum("own_live_bytes + own_reserved_bytes", organization);
    }

    protected long sum(String what, String organization) {
        return site.number(
                "select coalesce(sum("
                        + what
                        + "), 0) from organization_usage where organization_id = '"
                        + organization
                        + "'");
    }

    protected long live(String any, List<Answer> systems) {
        return systems.stream()
                .mapToLong(made ->
                        site.number(
                                "select live_bytes from appliance_usage where appliance_id = '"
                                        + id(made)
                                        + "'"))
                .sum();
    }

    protected static List<String> names(Answer list) {
        assertThat(list.status()).as(list.toString()).isEqualTo(200);
        var names = new ArrayList<String>();
        list.data().path("systems").forEach(system -> names.add(system.path("name").asText()));
        return names;
    }
}
