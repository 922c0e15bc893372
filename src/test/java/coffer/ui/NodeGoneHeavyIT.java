package coffer.ui;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.CutProxy;
import coffer.launch.Instance;
import coffer.launch.Node;
import coffer.launch.Parts;
import coffer.launch.People;
import coffer.launch.Seed;
import coffer.launch.Wait;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Two nodes behind one address; the one that rendered a page is killed before the next click. */
class NodeGoneHeavyIT {

    private static final Duration START = Duration.ofSeconds(240);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Instance instance;
    private static Node one;
    private static Node other;
    private static CutProxy balancer;
    private static URI address;
    private static UUID owner;
    private static People.Account person;

    @BeforeAll
    static void begin() throws IOException, SQLException {
        instance = Parts.shared().instance("node-gone");
        one = Node.on(instance, "one");
        other = Node.on(instance, "other");
        one.start();
        other.start();
        one.awaitReady(START);
        other.awaitReady(START);
        balancer = CutProxy.before(one.uri().getPort());
        address = URI.create("http://127.0.0.1:" + balancer.port());
        try (var connection = instance.connect()) {
            owner = new Seed(connection, "k1", Instance.PEPPER).owner("Owner of two nodes");
            person = new People(connection, Instance.PEPPER).account(owner, "two", "super-admin");
        }
    }

    @AfterAll
    static void end() throws IOException {
        if (balancer != null) {
            balancer.close();
        }
        one.close();
        other.close();
    }

    @BeforeEach
    void both_are_there() {
        if (!one.alive()) {
            one.start().awaitReady(START);
        }
        balancer.lead(one.uri().getPort());
    }

    @Test
    void the_next_click_works_on_the_other_node() throws SQLException {
        try (var browser = Chromium.start(address)) {
            browser.signIn(person.username(), People.PASSWORD);
            browser.open("/ui/new-system.xhtml");
            browser.type("#name", "between two clicks");

            one.kill();
            balancer.lead(other.uri().getPort());
            browser.go("#create");
            var secret = browser.see("#secret").getText();
            browser.go("#to-system");
            browser.click("#actions summary");
            browser.click("button[name=do-suspend]");
            browser.see("[data-yes]");
            browser.go("[data-yes]");
            var notice = browser.see(".notice").getText();

            assertThat(secret).startsWith("cof_");
            assertThat(notice).contains("suspended");
            assertThat(browser.complaints()).isEmpty();
        }
        assertThat(number("select count(*) from appliance where name = 'between two clicks'"))
                .isOne();
    }

    /** The answer was lost with its node: the other node knows that it was done. */
    @Test
    void a_form_that_was_done_before_the_kill_is_not_done_again() throws SQLException {
        var client = PageClient.at(address);
        client.signIn(person.username(), People.PASSWORD);
        var form = form(client, "answered too late");

        client.post("/ui/new-system.xhtml", form);
        one.kill();
        balancer.lead(other.uri().getPort());
        client.get("/ui/account.xhtml"); // On a connection that has not gone with the node.
        var again = client.post("/ui/new-system.xhtml", form);

        assertThat(again.headers().firstValue("Location").orElse(""))
                .endsWith("notice=told-system");
        assertThat(number("select count(*) from appliance where name = 'answered too late'"))
                .isOne();
    }

    /** The node died in the middle of the deed: the other one does it. */
    @Test
    void a_form_whose_node_died_over_it_is_done_by_the_other() throws Exception {
        var client = PageClient.at(address);
        client.signIn(person.username(), People.PASSWORD);
        var form = form(client, "died over it");
        CompletableFuture<HttpResponse<String>> lost;
        try (var blocker = instance.connect()) {
            blocker.setAutoCommit(false);
            try (var statement = blocker.createStatement()) {
                statement.execute(
                        "select 1 from organization where id = '" + owner + "' for update");
            }
            lost = CompletableFuture.supplyAsync(() -> client.post("/ui/new-system.xhtml", form));
            Wait.until(
                    "the deed waits for the lock",
                    PATIENCE,
                    () ->
                            number(
                                            "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                                                    + " and datname = current_database()")
                                    > 0);
            one.kill();
            blocker.rollback();
        }
        balancer.lead(other.uri().getPort());

        assertThat(lost).failsWithin(60, TimeUnit.SECONDS);
        client.get("/ui/account.xhtml");
        var done = client.post("/ui/new-system.xhtml", form);

        assertThat(done.statusCode()).isEqualTo(200);
        assertThat(done.body()).contains("cof_");
        assertThat(number("select count(*) from appliance where name = 'died over it'")).isOne();
    }

    private static Map<String, String> form(PageClient client, String name) {
        var form = PageClient.hidden(client.get("/ui/new-system.xhtml").body(), "new");
        form.putAll(Map.of("name", name, "type", "", "fqdn", "", "create", "yes"));
        form.put("organization", owner.toString());
        return form;
    }

    private static long number(String query) throws SQLException {
        try (var connection = instance.connect();
                var run = connection.createStatement();
                var rows = run.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
