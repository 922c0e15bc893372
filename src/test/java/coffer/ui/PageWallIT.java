package coffer.ui;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.People;
import coffer.launch.PersonClient;
import coffer.launch.TestSite;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Who gets at a page, and what every answer says to the browser. */
class PageWallIT {

    private static final String SIGN_IN = "/ui/sign-in.xhtml";

    private final TestSite site = PageSite.site();

    @Test
    void nobody_sees_any_page_but_the_sign_in() throws IOException {
        for (var view : views()) {
            for (var client :
                    List.of(
                            new PageClient(),
                            new PageClient().cookie("garbage"),
                            new PageClient().cookie("e30.e30.e30"),
                            new PageClient().with("X-Api-Key", "cok_x.y"))) {
                var answer = client.get(view);

                if (view.equals(SIGN_IN)) {
                    assertThat(answer.statusCode()).isEqualTo(200);
                } else if (view.equals("/ui/provider.xhtml")) {
                    assertThat(answer.statusCode()).isEqualTo(404); // None is configured here.
                } else {
                    assertThat(answer.statusCode()).as(view).isEqualTo(302);
                    assertThat(location(answer)).startsWith(SIGN_IN);
                    assertThat(answer.body()).isEmpty();
                }
            }
        }
    }

    @Test
    void a_bearer_is_no_visitor_and_a_cookie_no_bearer() {
        var account = PageSite.account(site.customer(), "admin");
        var bearer =
                PersonClient.login(site.node(), account.username(), People.PASSWORD)
                        .text("data", "token");
        var visitor = PageClient.of(account);

        var page =
                new PageClient().with("Authorization", "Bearer " + bearer).get("/ui/systems.xhtml");
        var api = new PageClient().cookie(visitor.cookie()).get("/api/me");

        assertThat(page.statusCode()).isEqualTo(302);
        assertThat(api.statusCode()).isEqualTo(401);
        assertThat(api.headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/json");
        assertThat(api.body()).contains("authorization header required");
    }

    @Test
    void a_sign_in_gives_a_cookie_that_no_script_reads_and_no_session() {
        var account = PageSite.account(site.customer(), "admin");
        var client = new PageClient();

        var entered = client.signIn(account.username(), People.PASSWORD);
        var page = client.get("/ui/systems.xhtml");

        assertThat(entered.statusCode()).isEqualTo(302);
        assertThat(location(entered)).isEqualTo(PageFilter.HOME);
        assertThat(entered.headers().allValues("Set-Cookie"))
                .singleElement()
                .asString()
                .startsWith("__Host-coffer=")
                .contains("; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax")
                .doesNotContain("Domain", "Max-Age", "Expires");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().allValues("Set-Cookie")).isEmpty();
        assertThat(page.body()).contains("Name of " + account.username());
    }

    @Test
    void a_wrong_password_lets_nobody_in_and_is_not_shown_again() {
        var account = PageSite.account(site.customer(), "admin");
        var client = new PageClient();

        var answer = client.signIn(account.username(), "not the password");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("User name or password is wrong.")
                .doesNotContain("not the password");
        assertThat(client.cookie()).isEmpty();
    }

    @Test
    void nobody_is_sent_elsewhere_after_the_sign_in() {
        var account = PageSite.account(site.customer(), "admin");
        var client = new PageClient().with("Sec-Fetch-Site", "same-origin");
        var form =
                PageClient.hidden(
                        client.get(SIGN_IN + "?next=https%3A%2F%2Fevil.example%2F").body(), "in");
        form.putAll(
                Map.of("username", account.username(), "password", People.PASSWORD, "enter", "x"));

        var entered = client.post(SIGN_IN, form);
        var kept = new PageClient().get("/ui/systems.xhtml?state=late");

        assertThat(location(entered)).isEqualTo(PageFilter.HOME);
        assertThat(location(kept))
                .isEqualTo(SIGN_IN + "?next=%2Fui%2Fsystems.xhtml%3Fstate%3Dlate");
    }

    @Test
    void a_foreign_page_sends_no_form() {
        var account = PageSite.account(site.customer(), "admin");
        var client = PageClient.of(account);
        var form = PageClient.hidden(client.get("/ui/systems.xhtml").body(), "frame");
        form.put("frame:leave", "x");

        var crossSite = client.with("Sec-Fetch-Site", "cross-site").post("/ui/systems.xhtml", form);
        var sibling = client.with("Sec-Fetch-Site", "same-site").post("/ui/systems.xhtml", form);
        var origin =
                new PageClient()
                        .cookie(client.cookie())
                        .with("Origin", "https://evil.example")
                        .post("/ui/systems.xhtml", form);
        var silent = new PageClient().cookie(client.cookie()).post("/ui/systems.xhtml", form);

        for (var refused : List.of(crossSite, sibling, origin, silent)) {
            assertThat(refused.statusCode()).isEqualTo(403);
        }
        assertThat(client.get("/ui/systems.xhtml").statusCode()).isEqualTo(200);
    }

    @Test
    void a_sign_out_ends_the_session_wherever_its_cookie_went() {
        var client = PageClient.of(PageSite.account(site.customer(), "admin"));
        var stolen = client.cookie();
        var form = PageClient.hidden(client.get("/ui/systems.xhtml").body(), "frame");
        form.put("frame:leave", "x");

        var left = client.post("/ui/systems.xhtml", form);

        assertThat(location(left)).isEqualTo(SIGN_IN + "?notice=signed-out");
        assertThat(client.cookie()).isEmpty();
        assertThat(new PageClient().cookie(stolen).get("/ui/systems.xhtml").statusCode())
                .isEqualTo(302);
    }

    @Test
    void an_ajax_click_of_nobody_is_sent_to_the_sign_in() {
        var answer =
                new PageClient()
                        .with("Faces-Request", "partial/ajax")
                        .with("Sec-Fetch-Site", "same-origin")
                        .post("/ui/systems.xhtml", Map.of("a", "b"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/xml");
        assertThat(answer.body()).contains("<partial-response><redirect url=\"" + SIGN_IN);
    }

    @Test
    void whoever_has_a_password_of_somebody_else_changes_it_first() {
        var account = PageSite.account(site.customer(), "admin");
        site.sql(
                "update account set password_must_change = true where id = '" + account.id() + "'");
        var client = PageClient.of(account);

        var elsewhere = client.get("/ui/systems.xhtml");
        var form = PageClient.hidden(client.get("/ui/password.xhtml").body(), "change");
        form.putAll(Map.of("current", People.PASSWORD, "save", "x"));
        form.putAll(Map.of("next", "short", "again", "short"));
        var weak = client.post("/ui/password.xhtml", form);
        form.putAll(Map.of("next", "a second password", "again", "another password"));
        var differs = client.post("/ui/password.xhtml", form);
        form.put("again", "a second password");
        form.put("current", "not the first one");
        var wrong = client.post("/ui/password.xhtml", form);
        form.put("current", People.PASSWORD);
        var changed = client.post("/ui/password.xhtml", form);

        assertThat(location(elsewhere))
                .isEqualTo("/ui/password.xhtml?next-page=%2Fui%2Fsystems.xhtml");
        assertThat(weak.body()).contains("The new password must have");
        assertThat(differs.body()).contains("are not the same");
        assertThat(wrong.body()).contains("The current password is not right.");
        assertThat(location(changed)).isEqualTo(PageFilter.HOME + "?notice=password-changed");
        assertThat(client.get("/ui/systems.xhtml").statusCode()).isEqualTo(200);
    }

    @Test
    void every_answer_has_the_headers_and_scripts_have_a_nonce_of_their_own() {
        var client = PageClient.of(PageSite.account(site.customer(), "reader"));

        var page = client.get("/ui/systems.xhtml");
        var again = client.get("/ui/systems.xhtml");
        var style = client.get("/jakarta.faces.resource/coffer.css.xhtml?ln=coffer");

        for (var answer : List.of(page, style)) {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(header(answer, "X-Frame-Options")).isEqualTo("DENY");
            assertThat(header(answer, "Referrer-Policy")).isEqualTo("same-origin");
        }
        var policy = header(page, "Content-Security-Policy");
        assertThat(policy)
                .contains("default-src 'none'", "script-src 'self' 'nonce-", "form-action 'self'")
                .doesNotContain("unsafe-inline", "unsafe-eval");
        assertThat(policy).isNotEqualTo(header(again, "Content-Security-Policy"));
        assertThat(header(page, "Cache-Control")).isEqualTo("no-store");
        assertThat(page.headers().allValues("Content-Security-Policy")).hasSize(1);
    }

    @Test
    void a_fault_is_a_page_with_the_id_of_the_request() {
        var client = PageClient.of(PageSite.account(site.customer(), "admin"));
        var other = site.system();

        var unknown = client.get("/ui/system.xhtml?id=" + UUID.randomUUID());
        var foreign = client.get("/ui/system.xhtml?id=" + other.id());
        var nonsense = client.get("/ui/systems.xhtml?state=%3Cb%3E");
        var missing = client.get("/ui/nothing.xhtml");
        var italian =
                new PageClient()
                        .cookie(client.cookie())
                        .with("Accept-Language", "it")
                        .get("/ui/nothing.xhtml");

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(nonsense.statusCode()).isEqualTo(400);
        assertThat(missing.statusCode()).isEqualTo(404);
        for (var answer : List.of(unknown, foreign, nonsense, missing, italian)) {
            assertThat(header(answer, "Content-Type")).startsWith("text/html");
            assertThat(answer.body()).contains(header(answer, "X-Request-Id"), "<h1>");
            assertThat(header(answer, "Content-Security-Policy")).startsWith("default-src 'none'");
        }
        assertThat(italian.body()).contains("Qui non c’è nulla");
    }

    @Test
    void a_reader_is_offered_nothing_and_a_forged_button_does_nothing() {
        var customer = site.customer();
        var system = site.system(customer);
        var id = site.client(system).upload(PageSite.bytes(1_000, 1), "a.gpg").id();
        var client = PageClient.of(PageSite.account(customer, "reader"));
        var path = "/ui/system.xhtml?tab=backups&id=" + system.id();
        var page = client.get(path);
        var form = PageClient.hidden(page.body(), "b");
        form.put("delete", id);

        var answer = client.post("/ui/system.xhtml", form);

        assertThat(page.body()).contains("a.gpg").doesNotContain("name=\"delete\"", "name=\"pin\"");
        assertThat(answer.body()).contains("Your role does not allow this.");
        assertThat(site.client(system).ids()).containsExactly(id);
    }

    @Test
    void names_with_markup_are_texts() {
        var customer = site.customer();
        var system = site.system(customer);
        site.sql(
                "update appliance set name = '<script>alert(1)</script>' where id = '"
                        + system.id()
                        + "'");
        var client = PageClient.of(PageSite.account(customer, "reader"));

        for (var path : List.of("/ui/systems.xhtml", "/ui/system.xhtml?id=" + system.id())) {
            assertThat(client.get(path).body())
                    .contains("&lt;script&gt;alert(1)")
                    .doesNotContain("<script>alert(1)");
        }
    }

    @Test
    void an_overview_counts_the_caller_s_own_systems_and_each_figure_leads_to_its_list() {
        var customer = site.customer();
        site.system(customer);
        site.system(customer);
        var paused = site.system(customer);
        site.sql(
                "update appliance set suspended_at = coffer_now() where id = '"
                        + paused.id()
                        + "'");
        var gone = site.system(customer);
        site.sql("update appliance set deleted_at = coffer_now() where id = '" + gone.id() + "'");
        site.client(site.system(customer)).upload(PageSite.bytes(1_000, 3), "a.gpg");
        alert(customer, "an alert of ours");
        alert(site.customer(), "an alert of others");
        site.sql(
                "insert into alert (id, code, subject, severity, opened_at, resolved_at) values"
                        + " (gen_random_uuid(), 'test', 'organization:"
                        + customer
                        + "', 'info', coffer_now(), null)");
        var client = PageClient.of(PageSite.account(customer, "reader"));

        var page = client.get("/ui/overview.xhtml").body();
        site.sql("delete from alert where code = 'test'");

        assertThat(figure(page, "never")).isEqualTo("3");
        assertThat(figure(page, "fresh")).isEqualTo("1");
        assertThat(figure(page, "paused")).isEqualTo("1");
        assertThat(figure(page, "overdue")).isEqualTo("0");
        assertThat(page)
                .contains(
                        "Not protected: 3.",
                        "an alert of ours",
                        "The newest backup has an unusual size")
                .doesNotContain("an alert of others", "id=\"jobs\"");
        assertThat(client.get("/ui/systems.xhtml?state=never").body()).contains("1 to 3 of 3");
    }

    /** A system with an open alert. */
    private void alert(UUID customer, String name) {
        var system = site.system(customer);
        site.sql("update appliance set name = '" + name + "' where id = '" + system.id() + "'");
        site.sql(
                "insert into alert (id, code, subject, severity, opened_at) values"
                        + " (gen_random_uuid(), 'backup.odd-size', 'system:"
                        + system.id()
                        + "', 'warning', coffer_now())");
    }

    private static String figure(String page, String state) {
        var figure =
                java.util.regex.Pattern.compile(
                                "(?s)state=" + state + "\".*?<strong class=\"large\">(\\d+)<")
                        .matcher(page);
        assertThat(figure.find()).as(state).isTrue();
        return figure.group(1);
    }

    private static List<String> views() throws IOException {
        try (var files = Files.list(Path.of("src/main/webapp/ui"))) {
            return files.map(file -> "/ui/" + file.getFileName())
                    .filter(view -> !view.equals(PageFilter.PROVIDER)) // On the way to a sign-in.
                    .toList();
        }
    }

    private static String location(HttpResponse<String> answer) {
        return header(answer, "Location");
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
