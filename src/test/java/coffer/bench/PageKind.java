package coffer.bench;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/**
 * A page of an administrator's work.
 *
 * @param path its address at a turn: another thing each time, where there are many
 */
record PageKind(String name, LongFunction<String> path) {

    private static final List<String> STATES =
            List.of("fresh", "due", "late", "overdue", "never", "paused");
    private static final List<String> STATUSES =
            List.of("active", "inactive", "unknown", "suspended", "deleted");

    private static final List<String> HEX =
            IntStream.range(0, 200)
                    .mapToObj(n -> String.format(Locale.ROOT, "%03x", 17 * n))
                    .toList();

    /** All of them, with things of the subtree below {@code root}, where there are any. */
    static List<PageKind> all(Bed bed, String root) throws SQLException {
        var kinds = new ArrayList<PageKind>();
        kinds.add(fixed("overview", "/ui/overview.xhtml"));
        systems(kinds, bed, root);
        system(kinds, bed, root);
        organizations(kinds, bed, root);
        operations(kinds, bed, root);
        return kinds.stream().filter(kind -> !kind.path().apply(0).isEmpty()).toList();
    }

    private static PageKind fixed(String name, String path) {
        return new PageKind(name, any -> path);
    }

    private static PageKind each(String name, String before, List<String> ids, String behind) {
        return new PageKind(
                name,
                turn -> ids.isEmpty() ? "" : before + ids.get((int) (turn % ids.size())) + behind);
    }

    private static void systems(List<PageKind> kinds, Bed bed, String root) throws SQLException {
        var list = "/ui/systems.xhtml";
        var names =
                Sql.texts(
                        bed.instance,
                        "select replace(replace(a.name, ' ', '+'), '#', '')"
                                + below(root)
                                + " order by random() limit 200");
        var reseller =
                Sql.text(
                        bed.instance,
                        "select id from organization o where o.path ~>=~ '%1$s' and o.path ~<~ below('%1$s') order by kind desc, random() limit 1"
                                .formatted(root));
        kinds.add(fixed("systems", list));
        kinds.add(fixed("systems, page 20", list + "?page=20"));
        kinds.add(fixed("systems, 200 a page", list + "?size=200"));
        for (var sort :
                List.of("-last_backup_at", "last_heartbeat", "organization", "-created_at")) {
            kinds.add(fixed("systems by " + sort, list + "?sort=" + sort));
        }
        kinds.add(each("systems named", list + "?search=", names, ""));
        kinds.add(fixed("systems, search fw-12", list + "?search=fw-12"));
        kinds.add(fixed("systems, search that all meet", list + "?search=e"));
        kinds.add(fixed("systems, search nothing", list + "?search=nosuchthing"));
        for (var state : STATES) {
            kinds.add(fixed("systems " + state, list + "?state=" + state));
        }
        for (var status : STATUSES) {
            kinds.add(fixed("systems " + status, list + "?status=" + status));
        }
        kinds.add(fixed("systems of an organization", list + "?organization=" + reseller));
        kinds.add(
                fixed(
                        "systems: search, state, order",
                        list + "?search=fw-1&state=overdue&sort=-last_backup_at"));
        kinds.add(fixed("new system", "/ui/new-system.xhtml"));
        kinds.add(fixed("search fw-12", "/ui/search.xhtml?q=fw-12"));
        kinds.add(fixed("search that all meet", "/ui/search.xhtml?q=e"));
        kinds.add(fixed("search nothing", "/ui/search.xhtml?q=nosuchthing"));
        kinds.add(each("search, some files' names", "/ui/search.xhtml?q=config-", HEX, ""));
        kinds.add(fixed("search, a name of very many files", "/ui/search.xhtml?q=backup"));
    }

    private static void system(List<PageKind> kinds, Bed bed, String root) throws SQLException {
        var ids =
                Sql.texts(
                        bed.instance,
                        "select a.id"
                                + below(root)
                                + " and a.deleted_at is null and exists (select from backup b where b.subject_id = a.id)"
                                + " order by random() limit 500");
        var one = "/ui/system.xhtml?id=";
        kinds.add(each("system", one, ids, ""));
        for (var tab : List.of("backups", "inventory", "history")) {
            kinds.add(each("system: " + tab, one, ids, "&tab=" + tab));
        }
        for (var form :
                List.of("update", "reassign", "regenerate-secret", "reissue", "hold", "destroy")) {
            kinds.add(each("system: " + form, one, ids, "&do=" + form));
        }
        kinds.add(each("simulator of a system", "/ui/simulator.xhtml?system=", ids, ""));
        kinds.add(
                each(
                        "simulator, two policies",
                        "/ui/simulator.xhtml?a-count=10&b-count=30&system=",
                        ids,
                        ""));
        kinds.add(fixed("simulator", "/ui/simulator.xhtml"));
    }

    private static void organizations(List<PageKind> kinds, Bed bed, String root)
            throws SQLException {
        var ids =
                Sql.texts(
                        bed.instance,
                        "select id from organization o where o.path ~>=~ '%1$s' and o.path ~<~ below('%1$s') order by random() limit 200"
                                .formatted(root));
        var here = root.substring(root.length() - 37, root.length() - 1);
        kinds.add(fixed("organizations", "/ui/organizations.xhtml"));
        kinds.add(fixed("organizations, search", "/ui/organizations.xhtml?search=1"));
        kinds.add(fixed("own organization", "/ui/organization.xhtml?id=" + here));
        kinds.add(each("organization", "/ui/organization.xhtml?id=", ids, ""));
        for (var form :
                List.of("create-below", "rename", "set-policy", "move", "hold", "destroy")) {
            kinds.add(
                    each(
                            "organization: " + form,
                            "/ui/organization.xhtml?id=",
                            ids,
                            "&do=" + form));
        }
        var people =
                Sql.texts(
                        bed.instance,
                        "select p.id from account p join organization o on o.id = p.organization_id where o.path ~>=~ '%1$s' and o.path ~<~ below('%1$s') order by random() limit 200"
                                .formatted(root));
        kinds.add(fixed("people", "/ui/people.xhtml"));
        kinds.add(fixed("people, search", "/ui/people.xhtml?search=7"));
        kinds.add(each("person", "/ui/person.xhtml?id=", people, ""));
        kinds.add(fixed("new person", "/ui/new-person.xhtml?organization=" + here));
        kinds.add(fixed("account", "/ui/account.xhtml"));
    }

    private static void operations(List<PageKind> kinds, Bed bed, String root) throws SQLException {
        kinds.add(fixed("alerts", "/ui/alerts.xhtml"));
        kinds.add(fixed("alerts, past", "/ui/alerts.xhtml?show=past"));
        kinds.add(
                fixed("alerts, critical and unseen", "/ui/alerts.xhtml?severity=critical&seen=no"));
        kinds.add(
                each(
                        "alert",
                        "/ui/alert.xhtml?id=",
                        Sql.texts(
                                bed.instance,
                                "select l.id"
                                        + below(root)
                                                .replace(
                                                        " where ",
                                                        ", alert l where l.subject = 'system:' || a.id and l.resolved_at is null and ")
                                        + " limit 100"),
                        ""));
        var runs =
                Sql.texts(
                        bed.instance, "select id from job_run where state = 'completed' limit 20");
        kinds.add(fixed("jobs", "/ui/jobs.xhtml"));
        kinds.add(fixed("job", "/ui/job.xhtml?name=pending-sweep"));
        kinds.add(each("run", "/ui/run.xhtml?id=", runs, ""));
        kinds.add(fixed("purges", "/ui/purges.xhtml"));
        kinds.add(
                each(
                        "purge",
                        "/ui/purge.xhtml?id=",
                        Sql.texts(
                                bed.instance,
                                "select id from purge where path ~>=~ '%1$s' and path ~<~ below('%1$s') limit 50"
                                        .formatted(root)),
                        ""));
        kinds.add(fixed("storage", "/ui/storage.xhtml"));
        kinds.add(fixed("about", "/ui/about.xhtml"));
        kinds.add(fixed("password", "/ui/password.xhtml"));
    }

    private static String below(String root) {
        return " from appliance a join organization o on o.id = a.organization_id where o.path ~>=~ '%1$s' and o.path ~<~ below('%1$s')"
                .formatted(root);
    }
}
