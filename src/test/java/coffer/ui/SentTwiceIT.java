package coffer.ui;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.People;
import coffer.launch.TestSite;
import coffer.launch.Wait;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Forms that really are sent twice, without a script that keeps a browser from it. */
class SentTwiceIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern SECRET =
            Pattern.compile("cof_[0-9a-f]{20}|id=\"secret\"[^>]*>[^<]{12,}<");

    private static final String PASSWORD = "/ui/password.xhtml";
    private static final String NEXT = "quite another password";

    private static TestSite site;
    private static UUID reseller;
    private static People.Account admin;
    private static PageClient client;

    @BeforeAll
    static void begin() {
        site = PageSite.site();
        reseller = PageSite.organization("reseller", PageSite.owner(), "sends twice");
        admin = PageSite.account(reseller, "super-admin");
        client = PageClient.of(admin);
    }

    @Test
    void two_systems_asked_for_at_once_by_one_form_are_one() throws Exception {
        var form = newSystem("twin");

        var answers = together(() -> client.post("/ui/new-system.xhtml", form));

        assertThat(systems("twin")).isOne();
        toldOnce(answers, "/ui/system.xhtml?id=", "notice=told-system");
    }

    /** The first is held in its transaction until the second is seen to wait for it. */
    @Test
    void a_second_form_waits_for_the_first_and_follows_it() throws Exception {
        var form = newSystem("held twin");
        try (var blocker = site.instance().connect();
                var threads = Executors.newFixedThreadPool(2)) {
            blocker.setAutoCommit(false);
            try (var statement = blocker.createStatement()) {
                statement.execute(
                        "select 1 from organization where id = '" + reseller + "' for update");
            }
            Callable<HttpResponse<String>> post = () -> client.post("/ui/new-system.xhtml", form);
            var both = List.of(threads.submit(post), threads.submit(post));
            Wait.until(
                    "the second waits for the first",
                    PATIENCE,
                    () ->
                            site.number(
                                            "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                                                    + " and query like '%into sent_form%'")
                                    == 1);
            blocker.rollback();

            toldOnce(
                    List.of(
                            both.get(0).get(60, TimeUnit.SECONDS),
                            both.get(1).get(60, TimeUnit.SECONDS)),
                    "/ui/system.xhtml?id=",
                    "notice=told-system");
        }
        assertThat(systems("held twin")).isOne();
    }

    @Test
    void a_form_sent_again_leads_where_it_led_and_says_what_cannot_be_told_again() {
        var form = newSystem("sent again");

        var first = client.post("/ui/new-system.xhtml", form);
        var again = client.post("/ui/new-system.xhtml", form);
        var page = client.get(location(again)).body();

        assertThat(first.body()).containsPattern(SECRET);
        assertThat(again.statusCode()).isEqualTo(302);
        assertThat(page).contains("it is there once").doesNotContainPattern(SECRET);
        assertThat(systems("sent again")).isOne();
    }

    @Test
    void an_organization_and_its_second_form_lead_to_the_same_page() throws Exception {
        var page = "/ui/organization.xhtml?do=create-below&id=" + reseller;
        var form = PageClient.hidden(client.get(page).body(), "f");
        form.putAll(Map.of("type", "customer", "name", "one customer"));
        form.put("create-below", reseller.toString());

        var answers = together(() -> client.post(page, form));

        assertThat(
                        site.number(
                                "select count(*) from organization where name = 'one customer' and parent_id = '"
                                        + reseller
                                        + "'"))
                .isOne();
        assertThat(answers).allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(302));
        assertThat(location(answers.getFirst()))
                .isEqualTo(location(answers.getLast()))
                .contains("notice=organization-create-below");
    }

    @Test
    void a_person_is_made_once_and_has_one_password() throws Exception {
        var page = "/ui/new-person.xhtml";
        var form = PageClient.hidden(client.get(page).body(), "f");
        var username = "twice-" + UUID.randomUUID();
        form.putAll(Map.of("username", username, "name", "Once", "email", "", "locale", "en"));
        form.putAll(Map.of("roles", "reader", "create", "yes"));

        var answers = together(() -> client.post(page, form));

        toldOnce(answers, "/ui/person.xhtml?id=", "notice=told-password");
        var id = site.text("select id from account where username = '" + username + "'");
        var again = "/ui/person.xhtml?id=" + id;
        var reset = PageClient.hidden(client.get(again).body(), "deeds");
        reset.put("reset", id);

        toldOnce(together(() -> client.post(again, reset)), again, "notice=told-password");
        assertThat(PageSite.told("user.updated", UUID.fromString(id))).isOne();
    }

    @Test
    void a_key_and_a_new_secret_are_made_once() throws Exception {
        var page = "/ui/account.xhtml";
        var form = PageClient.hidden(client.get(page).body(), "f");
        form.putAll(Map.of("key_name", "one key", "scope", "read", "expires_in_days", "9"));
        form.put("create", "yes");
        var system = site.system(reseller);
        var open = "/ui/system.xhtml?do=regenerate-secret&id=" + system.id();
        var rotation = PageClient.hidden(client.get(open).body(), "do");
        rotation.putAll(Map.of("overlap", "0", "do-regenerate-secret", system.id().toString()));

        toldOnce(together(() -> client.post(page, form)), page, "notice=told-key");
        toldOnce(
                together(() -> client.post(open, rotation)),
                "/ui/system.xhtml?id=" + system.id(),
                "notice=told-secret");

        assertThat(site.number("select count(*) from api_key where name = 'one key'")).isOne();
        assertThat(PageSite.told("secret.issued", system.id())).isOne();
    }

    /** What is typed into a form that is done is held against nothing, however often it comes. */
    @Test
    void a_password_is_changed_once_and_each_further_form_leads_where_the_first_did()
            throws Exception {
        var person = PageSite.account(reseller, "reader");
        var own = PageClient.of(person);
        var form = password(own, People.PASSWORD);

        var refused = own.post(PASSWORD, password(own, "not the one"));
        var answers = new ArrayList<>(together(() -> own.post(PASSWORD, form)));
        for (var guess : List.of(People.PASSWORD, "a", "b", "c", "d", NEXT)) {
            form.put("current", guess);
            answers.add(own.post(PASSWORD, form));
        }
        var stranger = client.post(PASSWORD, form);
        var again = new PageClient().signIn(person.username(), NEXT);

        assertThat(refused.body()).contains("The current password is not right");
        assertThat(answers)
                .extracting(SentTwiceIT::location)
                .containsOnly("/ui/overview.xhtml?notice=password-changed");
        assertThat(PageSite.told("user.password_changed", person.id())).isOne();
        assertThat(stranger.body()).contains("The current password is not right");
        assertThat(location(again)).isEqualTo("/ui/overview.xhtml");
    }

    @Test
    void a_refused_form_is_not_used_up() {
        var form = newSystem("");

        var refused = client.post("/ui/new-system.xhtml", form);
        form.put("name", "better named");
        var done = client.post("/ui/new-system.xhtml", form);

        assertThat(refused.body()).contains("role=\"alert\"").doesNotContainPattern(SECRET);
        assertThat(done.body()).containsPattern(SECRET);
        assertThat(systems("better named")).isOne();
    }

    @Test
    void a_form_without_an_id_or_of_another_day_does_nothing_and_says_so() {
        for (var id : List.of("", "x", UUID.randomUUID().toString(), old())) {
            var form = newSystem("of another day");
            form.put("once", id);

            var answer = client.post("/ui/new-system.xhtml", form);

            assertThat(location(answer)).as(id).endsWith("notice=expired");
        }
        assertThat(systems("of another day")).isZero();
    }

    @Test
    void what_can_not_be_sent_again_any_more_goes() {
        site.sql(
                "insert into sent_form (id, session_id, sent_at) select gen_random_uuid(), s.id, coffer_now() -"
                        + " interval '3 days' from (select id from person_session limit 1) s,"
                        + " generate_series(1, 3)");

        client.post("/ui/new-system.xhtml", newSystem("cleans up"));

        assertThat(
                        site.number(
                                "select count(*) from sent_form where sent_at < coffer_now() - interval '2 days'"))
                .isZero();
    }

    private static Map<String, String> password(PageClient whose, String current) {
        var form = PageClient.hidden(whose.get(PASSWORD).body(), "change");
        form.putAll(Map.of("current", current, "next", NEXT, "again", NEXT));
        form.put("save", "yes");
        return form;
    }

    private static Map<String, String> newSystem(String name) {
        var form = PageClient.hidden(client.get("/ui/new-system.xhtml").body(), "new");
        var whole = new LinkedHashMap<>(form);
        whole.putAll(Map.of("name", name, "type", "", "fqdn", "", "create", "yes"));
        whole.put("organization", reseller.toString());
        return whole;
    }

    private static long systems(String name) {
        return site.number("select count(*) from appliance where name = '" + name + "'");
    }

    /** As {@code Ids} would have made it two days ago. */
    private static String old() {
        var then = System.currentTimeMillis() - Duration.ofDays(2).toMillis();
        return new UUID((then << 16) | 0x7000L, UUID.randomUUID().getLeastSignificantBits())
                .toString();
    }

    private static List<HttpResponse<String>> together(Callable<HttpResponse<String>> post)
            throws Exception {
        try (var threads = Executors.newFixedThreadPool(2)) {
            var both = List.of(threads.submit(post), threads.submit(post));
            return List.of(
                    both.get(0).get(60, TimeUnit.SECONDS), both.get(1).get(60, TimeUnit.SECONDS));
        }
    }

    /** One answer has the secret, the other leads to what was made. */
    private static void toldOnce(List<HttpResponse<String>> answers, String where, String notice) {
        var told = answers.stream().filter(answer -> answer.statusCode() == 200).toList();
        var led = answers.stream().filter(answer -> answer.statusCode() == 302).toList();
        assertThat(told).hasSize(1);
        assertThat(told.getFirst().body()).containsPattern(SECRET);
        assertThat(led).hasSize(1);
        assertThat(location(led.getFirst())).startsWith(where).endsWith(notice);
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("none, but " + answer.statusCode());
    }
}
