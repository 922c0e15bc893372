package coffer.ui.operations;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.Seed;
import coffer.launch.TestSite;
import coffer.launch.Wait;
import coffer.ui.PageClient;
import coffer.ui.PageSite;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** The figures of the overview are those of the lists, of a branch and of the whole tree. */
class OverviewIT {

    private static final List<String> STATES =
            List.of("never", "overdue", "late", "due", "paused", "fresh");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static TestSite site;
    private static UUID customer;

    @BeforeAll
    static void begin() {
        site = PageSite.site();
        customer = site.customer();
        sent("0 days");
        sent("0 days");
        sent("1 day 1 hour");
        sent("2 days 1 hour");
        sent("8 days");
        suspend(sent("8 days"));
        suspend(site.system(customer));
        site.system(customer);
        var unmoved = sent("1 day 1 hour");
        site.sql(
                "update appliance_inventory set changed_at = changed_at - interval '30 days' where appliance_id = '"
                        + unmoved.id()
                        + "'");
        var gone = sent("8 days");
        site.sql("update appliance set deleted_at = coffer_now() where id = '" + gone.id() + "'");
    }

    @Test
    void a_branch_has_so_many_of_each_state() {
        var client = PageClient.of(PageSite.account(customer, "reader"));

        var figures = figures(client);

        assertThat(figures)
                .containsExactlyEntriesOf(
                        ordered(
                                "never", 1, "overdue", 1, "late", 1, "due", 1, "paused", 2, "fresh",
                                3));
        assertThat(lists(client)).isEqualTo(figures);
    }

    /** Other tests' systems are there, too: what changes meanwhile is looked at again. */
    @Test
    void the_whole_tree_has_as_many_as_its_lists() {
        var client = PageClient.of(PageSite.account(PageSite.owner(), "super-admin"));

        Wait.until("figures like lists", PATIENCE, () -> figures(client).equals(lists(client)));

        assertThat(figures(client).values()).allMatch(count -> count > 0);
    }

    @Test
    void uploads_are_in_the_strip_at_once() {
        var own = site.customer();
        var system = site.system(own);
        var client = PageClient.of(PageSite.account(own, "reader"));
        var bare = client.get("/ui/overview.xhtml").body();
        site.client(system).upload(PageSite.bytes(1_000, 1), "a.bin");
        site.client(system).upload(PageSite.bytes(1_000, 2), "b.bin");

        assertThat(bare).contains("0 backups, 0 B");
        assertThat(client.get("/ui/overview.xhtml").body()).contains("2 backups, ");
    }

    private static Seed.Firewall sent(String ago) {
        var system = site.system(customer);
        var client = site.client(system);
        client.upload(PageSite.bytes(1_000, 1), "a.bin");
        client.send("POST", "/systems/inventory", BodyPublishers.ofString("{\"a\": 1}"));
        site.sql(
                """
                update appliance_usage set last_upload_at = last_upload_at - interval '%1$s', due_at = due_at - interval '%1$s',
                       late_at = late_at - interval '%1$s', overdue_at = overdue_at - interval '%1$s'
                 where appliance_id = '%2$s'
                """
                        .formatted(ago, system.id()));
        return system;
    }

    private static void suspend(Seed.Firewall system) {
        site.sql(
                "update appliance set suspended_at = coffer_now() where id = '"
                        + system.id()
                        + "'");
    }

    private static Map<String, Long> figures(PageClient client) {
        var page = client.get("/ui/overview.xhtml").body();
        var figures = new LinkedHashMap<String, Long>();
        for (var state : STATES) {
            figures.put(
                    state,
                    number(page, "state=" + state + "\".*?<strong class=\"large\">([\\d,]+)<"));
        }
        return figures;
    }

    private static Map<String, Long> lists(PageClient client) {
        var totals = new LinkedHashMap<String, Long>();
        for (var state : STATES) {
            var page = client.get("/ui/systems.xhtml?size=25&state=" + state).body();
            totals.put(
                    state, page.contains("1 to ") ? number(page, "1 to [\\d,]+ of ([\\d,]+)") : 0);
        }
        return totals;
    }

    private static long number(String page, String pattern) {
        var found = Pattern.compile(pattern, Pattern.DOTALL).matcher(page);
        assertThat(found.find()).as(pattern).isTrue();
        return Long.parseLong(found.group(1).replace(",", ""));
    }

    private static Map<String, Long> ordered(Object... pairs) {
        var map = new LinkedHashMap<String, Long>();
        for (var i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], ((Integer) pairs[i + 1]).longValue());
        }
        return map;
    }
}
