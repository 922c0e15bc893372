package coffer.ui.systems;

import coffer.audit.AuditHistory;
import coffer.fleet.SystemRecords;
import coffer.id.Caller;
import coffer.id.Permission;
import coffer.id.Permitted;
import coffer.people.Users;
import coffer.platform.web.Paging;
import coffer.ui.Visit;
import coffer.ui.Words;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The audit trail of one system: who did what, and when. */
@Named
@RequestScoped
@Permitted(Permission.SYSTEMS_READ)
public class HistoryTab {

    private static final String SIZE = "50";
    private static final String USER = "user:";

    private final Visit visit;
    private final Words words;
    private final SystemPage page;
    private final SystemRecords records;
    private final Users users;
    private final Map<String, String> names = new HashMap<>();
    private @Nullable List<Line> lines;
    private boolean more;

    @Inject
    HistoryTab(Visit visit, Words words, SystemPage page, SystemRecords records, Users users) {
        this.visit = visit;
        this.words = words;
        this.page = page;
        this.records = records;
        this.users = users;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected HistoryTab() {
        this(null, null, null, null, null);
    }

    /** An entry as it is read. */
    public record Line(
            String at, String who, String what, String about, String outcome, String request) {}

    /** A page of it, newest first. */
    public List<Line> getLines() {
        if (lines == null) {
            var caller = visit.caller(Permission.SYSTEMS_READ);
            var paging = Paging.of(visit.parameter("page"), SIZE);
            var trail = records.history(caller, page.getSystem().id(), isPeople(), paging);
            more = trail.more();
            lines = trail.entries().stream().map(entry -> line(caller, entry)).toList();
        }
        return lines;
    }

    /** Only what people did. */
    public boolean isPeople() {
        return "people".equals(visit.parameter("by"));
    }

    /** Everything, or only what people did. */
    public String getOther() {
        return page.address("history").with("by", isPeople() ? null : "people").toString();
    }

    /** The page with newer ones, or null. */
    public @Nullable String getNewer() {
        var number = Paging.of(visit.parameter("page"), SIZE).page();
        return number == 1 ? null : turned(number - 1);
    }

    /** The page with older ones, or null. */
    public @Nullable String getOlder() {
        getLines();
        return more ? turned(Paging.of(visit.parameter("page"), SIZE).page() + 1) : null;
    }

    private String turned(int number) {
        return page.address("history")
                .with("by", visit.parameter("by"))
                .with("page", number == 1 ? null : number)
                .toString();
    }

    private Line line(Caller.Person caller, AuditHistory.Entry entry) {
        return new Line(
                words.at(entry.at()),
                names.computeIfAbsent(entry.actor(), actor -> who(caller, actor)),
                words.of("did", entry.action()),
                words.of("about", entry.subject().substring(0, entry.subject().indexOf(':'))),
                entry.outcome().equals("done") ? "" : words.of("outcome", entry.outcome()),
                entry.requestId() == null ? "" : entry.requestId());
    }

    private String who(Caller.Person caller, String actor) {
        if (actor.startsWith(USER)) {
            var id = UUID.fromString(actor.substring(USER.length()));
            return id.equals(caller.userId())
                    ? words.of("actor", "you")
                    : users.name(caller, id).orElseGet(() -> words.of("actor", "user"));
        }
        var kind = actor.substring(0, Math.max(0, actor.indexOf(':')));
        return words.of("actor", kind);
    }
}
