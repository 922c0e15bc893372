package coffer.ui.systems;

import coffer.fleet.SystemView;
import coffer.fleet.Systems;
import coffer.id.Permission;
import coffer.id.Permitted;
import coffer.platform.web.Paging;
import coffer.ui.Visit;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The list as a file: page by page, so that its length costs no memory. */
@Named
@RequestScoped
@Permitted(Permission.SYSTEMS_READ)
public class SystemsCsvPage {

    static final int MOST_LINES = 20_000;

    private static final int PAGE = 200;
    private static final List<String> COLUMNS =
            List.of(
                    "id",
                    "system_key",
                    "name",
                    "type",
                    "fqdn",
                    "organization_id",
                    "organization",
                    "status",
                    "backup_state",
                    "last_backup_at",
                    "last_heartbeat",
                    "last_inventory",
                    "backups",
                    "bytes",
                    "last_legacy_protocol");

    private final Visit visit;
    private final Systems systems;
    private final SystemsQuery query;

    @Inject
    SystemsCsvPage(Visit visit, Systems systems, SystemsQuery query) {
        this.visit = visit;
        this.systems = systems;
        this.query = query;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected SystemsCsvPage() {
        this(null, null, null);
    }

    /** Sends the file; the first page is read before, so that a refusal is still a page. */
    public void download() throws IOException {
        var caller = visit.caller(Permission.SYSTEMS_READ);
        var sort = visit.parameter("sort");
        var listing = systems.list(caller, query.filter(), sort, new Paging(1, PAGE));
        var response = visit.response();
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"systems.csv\"");
        try (var writer =
                new BufferedWriter(
                        new OutputStreamWriter(
                                response.getOutputStream(), StandardCharsets.UTF_8))) {
            writer.write(String.join(",", COLUMNS) + "\r\n");
            write(writer, listing.systems());
            while (listing.pagination().hasNext()
                    && listing.pagination().page() < MOST_LINES / PAGE) {
                var next = new Paging(listing.pagination().page() + 1, PAGE);
                listing = systems.list(caller, query.filter(), sort, next);
                write(writer, listing.systems());
            }
        }
        FacesContext.getCurrentInstance().responseComplete();
    }

    private static void write(Writer writer, List<SystemView> lines) throws IOException {
        for (var one : lines) {
            writer.write(
                    Csv.line(
                            one.id(),
                            one.systemKey(),
                            one.name(),
                            one.type(),
                            one.fqdn(),
                            one.organization().id(),
                            one.organization().name(),
                            one.deleted()
                                    ? "deleted"
                                    : one.suspended() ? "suspended" : one.status(),
                            one.backupState(),
                            one.lastBackupAt(),
                            one.lastHeartbeat(),
                            one.lastInventory(),
                            one.usage().backups(),
                            one.usage().bytes(),
                            one.lastLegacyProtocol()));
        }
    }
}
