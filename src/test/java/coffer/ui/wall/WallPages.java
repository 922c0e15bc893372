package coffer.ui.wall;

import coffer.ui.wall.DemoSite.Who;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The pages of the demo that somebody may open, each with something to see on it. */
final class WallPages {

    private static final String SYSTEM = "/ui/system.xhtml?id=";
    private static final String ORGANIZATION = "/ui/organization.xhtml?id=";

    private final DemoSite demo;
    private final Who who;
    private final List<Wall> pages = new ArrayList<>();

    private WallPages(DemoSite demo, Who who) {
        this.demo = demo;
        this.who = who;
    }

    /** A page with a name for its pictures. */
    record Wall(String name, String path) {}

    static List<Wall> of(DemoSite demo, Who who) {
        var wall = new WallPages(demo, who);
        wall.everybody();
        wall.systems();
        if (who != Who.READER) {
            wall.forms();
        }
        if (who == Who.OWNER) {
            wall.installation();
        }
        return List.copyOf(wall.pages);
    }

    private void page(String name, String path) {
        pages.add(new Wall(name, path));
    }

    private void everybody() {
        page("overview", "/ui/overview.xhtml");
        page("systems", "/ui/systems.xhtml");
        page("systems-overdue", "/ui/systems.xhtml?state=overdue");
        page("systems-none", "/ui/systems.xhtml?search=nosuchthing");
        page("search", "/ui/search.xhtml?q=a");
        page("search-none", "/ui/search.xhtml?q=nosuchthing");
        page("simulator", "/ui/simulator.xhtml");
        page("alerts", "/ui/alerts.xhtml");
        page("alerts-past", "/ui/alerts.xhtml?show=past");
        page(
                "alert",
                "/ui/alert.xhtml?id="
                        + demo.id(
                                """
                                select l.id from organization r join organization o on o.path like r.path || '%' join appliance a on a.organization_id = o.id
                                  join alert l on l.subject = 'system:' || a.id where r.name = '%s' order by l.resolved_at is not null limit 1
                                """
                                        .replace("%s", demo.reseller())));
        page("organizations", "/ui/organizations.xhtml");
        page("organizations-search", "/ui/organizations.xhtml?search=a");
        page("organization", ORGANIZATION + demo.home(who));
        page("organization-customer", ORGANIZATION + customer());
        page("account", "/ui/account.xhtml");
        page("password", "/ui/password.xhtml");
        page("about", "/ui/about.xhtml");
    }

    private void systems() {
        var nightly = nightly();
        page("system", SYSTEM + nightly);
        for (var tab : List.of("backups", "inventory", "history")) {
            page("system-" + tab, SYSTEM + nightly + "&tab=" + tab);
        }
        page("system-deleted", SYSTEM + deleted());
        page("simulator-two", "/ui/simulator.xhtml?system=" + nightly + "&a-count=5&b-count=30");
    }

    private void forms() {
        for (var form : List.of("update", "reassign", "regenerate-secret", "reissue", "hold")) {
            page("system-" + form, SYSTEM + nightly() + "&do=" + form);
        }
        page("new-system", "/ui/new-system.xhtml");
        var reseller = demo.home(Who.ADMIN);
        for (var form : List.of("create-below", "hold")) {
            page("organization-" + form, ORGANIZATION + reseller + "&do=" + form);
        }
        for (var form : List.of("rename", "set-policy", "move")) {
            page("organization-" + form, ORGANIZATION + customer() + "&do=" + form);
        }
        var person = demo.id("select id from account where username = 'wall-reader'");
        page("people", "/ui/people.xhtml");
        page("person", "/ui/person.xhtml?id=" + person);
        page("person-update", "/ui/person.xhtml?id=" + person + "&do=update");
        page("person-move", "/ui/person.xhtml?id=" + person + "&do=move");
        page("new-person", "/ui/new-person.xhtml?organization=" + reseller);
    }

    private void installation() {
        page("system-destroy", SYSTEM + deleted() + "&do=destroy");
        page(
                "organization-destroy",
                ORGANIZATION + demo.organization("Closed Bakery") + "&do=destroy");
        page("organization-demo", ORGANIZATION + demo.organization("Alpina Distribution (demo)"));
        page("jobs", "/ui/jobs.xhtml");
        page("job", "/ui/job.xhtml?name=retention-audit");
        page("run", "/ui/run.xhtml?id=" + run("retention-audit"));
        page("run-scrub", "/ui/run.xhtml?id=" + run("integrity-scrub"));
        page("purges", "/ui/purges.xhtml");
        page("purge", "/ui/purge.xhtml?id=" + demo.id("select id from purge limit 1"));
        page("storage", "/ui/storage.xhtml");
        page(
                "system-flooded",
                SYSTEM
                        + demo.id(
                                "select subject_id from backup where state = 'TRASHED' group by 1 order by count(*) desc limit 1")
                        + "&tab=backups");
        page(
                "system-never",
                SYSTEM
                        + demo.id(
                                "select a.id from appliance a where registered_at is null limit 1"));
    }

    private UUID run(String job) {
        return demo.id(
                "select id from job_run where job = '"
                        + job
                        + "' and state = 'completed' order by requested_at desc limit 1");
    }

    private UUID nightly() {
        return demo.system(
                "a.deleted_at is null and a.suspended_at is null and u.live_count > 9 and u.last_upload_at > coffer_now() - interval '2 days'");
    }

    private UUID deleted() {
        return demo.system("a.deleted_at is not null");
    }

    private UUID customer() {
        return demo.id(
                """
                select o.id from organization r join organization o on o.parent_id = r.id
                 where r.name = '%s' and o.deleted_at is null order by o.name limit 1
                """
                        .formatted(demo.reseller()));
    }
}
