package coffer.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.ApplianceClient.Answer;
import coffer.launch.TestSite;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** A tree of four levels for each test, and what one does to organizations, through the API. */
abstract class OrganizationBed {

    protected final TestSite site = FleetSite.shared();
    protected FleetSite.Person owner;
    protected String distributor;
    protected String reseller;
    protected String customer;

    @BeforeEach
    void grow() {
        owner = FleetSite.person(FleetSite.owner(), "super-admin");
        distributor = made(owner, "distributor", FleetSite.owner().toString(), "Nord");
        reseller = made(owner, "reseller", distributor, "Rossi");
        customer = made(owner, "customer", reseller, "Bianchi");
    }

    @AfterEach
    void the_catalogue_agrees() {
        site.check();
    }

    protected long tree(String id) {
        return site.number(
                "select coalesce(sum(tree_live_bytes), 0) from organization_usage where"
                        + " organization_id = '"
                        + id
                        + "' and tree_counted");
    }

    protected static FleetSite.Person person(String organization, String role) {
        return FleetSite.person(UUID.fromString(organization), role);
    }

    static String made(FleetSite.Person by, String type, String parent, String name) {
        var answer = by.post("/organizations", organization(type, parent, name));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return id(answer);
    }

    protected static String organization(String type, String parent, String name) {
        return "{\"name\": \"%s\", \"type\": \"%s\", \"parent_id\": \"%s\"}"
                .formatted(name, type, parent);
    }

    protected static Answer move(FleetSite.Person by, String id, String to) {
        return by.post("/organizations/" + id + "/move", "{\"parent_id\": \"" + to + "\"}");
    }

    static Answer policy(FleetSite.Person by, String id, String json) {
        return by.put("/organizations/" + id + "/policy", json);
    }

    protected static Answer hold(FleetSite.Person by, String id) {
        return by.post("/organizations/" + id + "/hold", "{\"reason\": \"case 1\"}");
    }

    protected static List<String> names(Answer list) {
        assertThat(list.status()).as(list.toString()).isEqualTo(200);
        var names = new ArrayList<String>();
        list.data().path("organizations").forEach(one -> names.add(one.path("name").asText()));
        return names;
    }

    protected static String id(Answer answer) {
        return answer.data().path("id").asText();
    }

    static byte[] bytes(int size, long seed) {
        var bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
