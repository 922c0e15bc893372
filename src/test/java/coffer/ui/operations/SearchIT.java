package coffer.ui.operations;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.TestSite;
import coffer.ui.PageClient;
import coffer.ui.PageSite;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.UUID;

/** Backups are found by the names of their files, in small subtrees and in large ones. */
class SearchIT {

    /**
     * More systems than are read one by one, and more files of one name than are looked through.
     */
    private static final String LARGE =
            """
            with made as (insert into appliance (id, organization_id, system_key, name, created_at, deleted_at)
                          select gen_random_uuid(), '%1$s', 'SEARCH-' || n, 'searched ' || n, coffer_now(), coffer_now()
                            from generate_series(1, 501) n returning id)
            insert into backup (id, subject_kind, subject_id, kind, state, filename, extension, mimetype, sha256, size_bytes,
                                content_kind, seq, uploaded_at, initiated_by, created_at)
            select gen_random_uuid(), 'appliance', made.id, 'configuration', 'STORED', 'common-' || n || '.gpg', '.gpg',
                   'application/octet-stream', sha256(cast(n::text as bytea)), 1, 'openpgp', n, coffer_now(), 'search', coffer_now()
              from made cross join generate_series(1, 4) n
            """;

    private static TestSite site;
    private static UUID distributor;
    private static UUID customer;
    private static PageClient reader;

    @BeforeAll
    static void begin() {
        site = PageSite.site();
        distributor = PageSite.organization("distributor", PageSite.owner(), "searches files");
        customer = PageSite.organization("customer", distributor, "is searched");
        reader = PageClient.of(PageSite.account(customer, "reader"));
    }

    @AfterAll
    static void end() {
        site.sql(
                "delete from backup where initiated_by = 'search'; delete from appliance_usage where appliance_id in (select id"
                        + " from appliance where system_key like 'SEARCH-%'); delete from appliance where system_key like"
                        + " 'SEARCH-%'");
    }

    @Test
    void one_file_of_that_name_is_gone_to() {
        var system = site.system(customer);
        var id = site.client(system).upload(PageSite.bytes(3_000, 1), "only_here-7.tar.gz").id();

        for (var text : new String[] {"only_here-7.tar.gz", "only_here", "only_here-7."}) {
            assertThat(location(reader, text))
                    .as(text)
                    .endsWith("id=" + system.id() + "&tab=backups#backup-" + uuid(id));
        }
        assertThat(location(reader, uuid(id))).endsWith("#backup-" + uuid(id));
        assertThat(reader.get("/ui/system.xhtml?id=" + system.id() + "&tab=backups").body())
                .contains("id=\"backup-" + uuid(id) + "\"");
    }

    @Test
    void several_are_shown_the_newest_first_and_those_in_the_trash_as_such() {
        var system = site.system(customer);
        var client = site.client(system);
        var older = client.upload(PageSite.bytes(3_000, 2), "several-a.tar.gz").id();
        client.upload(PageSite.bytes(3_000, 3), "several-b.tar.gz");
        assertThat(client.delete(older).status()).isEqualTo(200);

        var page = reader.get("/ui/search.xhtml?q=several-").body();

        assertThat(page.indexOf("several-b")).isPositive().isLessThan(page.indexOf("several-a"));
        assertThat(page).contains("In the trash", "Kept", "is searched");
        assertThat(location(reader, "several-a")).endsWith("#backup-" + uuid(older));
    }

    @Test
    void what_is_no_beginning_of_a_name_finds_nothing() {
        var client = site.client(site.system(customer));
        client.upload(PageSite.bytes(3_000, 4), "beginning_is.tar.gz");

        for (var text :
                new String[] {
                    "gi",
                    "eginning_is",
                    "Beginning_is",
                    "beginning%25",
                    "beginning%27--",
                    "beginning-is"
                }) {
            var answer = reader.get("/ui/search.xhtml?q=" + text);

            assertThat(answer.statusCode()).as(text).isEqualTo(200);
            assertThat(answer.body()).as(text).contains("Nothing you may see");
        }
    }

    @Test
    void nothing_is_found_outside() {
        var client = site.client(site.system(customer));
        client.upload(PageSite.bytes(3_000, 5), "inside.tar.gz");
        var stranger = PageClient.of(PageSite.account(site.customer(), "admin"));

        assertThat(location(reader, "inside.tar")).contains("#backup-");
        assertThat(stranger.get("/ui/search.xhtml?q=inside.tar").body())
                .contains("Nothing you may see");
    }

    @Test
    void a_large_subtree_finds_rare_names_and_says_that_it_did_not_look_for_common_ones() {
        var system = site.system(customer);
        site.client(system).upload(PageSite.bytes(3_000, 6), "common-rare.tar.gz");
        site.sql(LARGE.formatted(PageSite.organization("customer", distributor, "very large")));
        var above = PageClient.of(PageSite.account(distributor, "reader"));

        assertThat(location(above, "common-rare")).contains(system.id() + "&tab=backups#backup-");
        assertThat(above.get("/ui/search.xhtml?q=common-").body())
                .contains("id=\"too-many\"")
                .doesNotContain("common-1", "common-rare", "Nothing you may see");
        assertThat(above.get("/ui/search.xhtml?q=common-1").body())
                .contains("common-1.gpg", "There are more")
                .doesNotContain("id=\"too-many\"");
        assertThat(location(reader, "common-")).contains(system.id() + "&tab=backups#backup-");
    }

    private static String location(PageClient client, String text) {
        var answer = client.get("/ui/search.xhtml?q=" + text);
        return answer.headers().firstValue("Location").orElseGet(answer::body);
    }

    private static String uuid(String id) {
        return id.substring(0, 36);
    }
}
