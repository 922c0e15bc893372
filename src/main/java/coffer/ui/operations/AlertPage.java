package coffer.ui.operations;

import static coffer.id.Permission.SYSTEMS_READ;

import coffer.alert.AlertDesk;
import coffer.alert.AlertRow;
import coffer.id.Permitted;
import coffer.platform.Problem;
import coffer.platform.ProblemType;
import coffer.platform.web.Json;
import coffer.ui.Addresses;
import coffer.ui.Ids;
import coffer.ui.PageFilter;
import coffer.ui.Visit;
import coffer.ui.Words;
import coffer.ui.once.Once;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** One alert: what it is about, since when, and who looks after it. */
@Named
@RequestScoped
@Permitted(SYSTEMS_READ)
public class AlertPage {

    private static final String PATH = PageFilter.FOLDER + "alert.xhtml";

    private final Visit visit;
    private final Words words;
    private final AlertDesk alerts;
    private final Once once;
    private @Nullable AlertRow alert;
    private @Nullable String failure;

    @Inject
    AlertPage(Visit visit, Words words, AlertDesk alerts, Once once) {
        this.visit = visit;
        this.words = words;
        this.alerts = alerts;
        this.once = once;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected AlertPage() {
        this(null, null, null, null);
    }

    static String address(UUID id) {
        return Addresses.of(PATH).with("id", id).toString();
    }

    /** A figure that belongs to it. */
    public record Figure(String name, String value) {}

    /** The one that the address names. */
    public AlertRow getAlert() {
        if (alert == null) {
            alert = alerts.find(visit.caller(SYSTEMS_READ), id());
        }
        return alert;
    }

    private UUID id() {
        return Ids.of(visit.parameter("id"), ProblemType.ALERT_NOT_FOUND);
    }

    /** What it is about. */
    public Subject getSubject() {
        return Subject.of(getAlert(), words);
    }

    /** What the facts were when it was opened, in the words of the server. */
    public List<Figure> getFigures() {
        Map<?, ?> figures = Json.read(getAlert().arguments(), Map.class);
        var sorted = new TreeMap<String, String>();
        figures.forEach((name, value) -> sorted.put(String.valueOf(name), String.valueOf(value)));
        return sorted.entrySet().stream()
                .map(one -> new Figure(one.getKey(), one.getValue()))
                .toList();
    }

    /** What was written, where it was refused. */
    public String getNote() {
        var note = visit.parameter("note");
        return note == null ? "" : note;
    }

    /** Notes that the caller has seen it. */
    public void act() {
        if (!visit.request().getMethod().equals("POST")) {
            return;
        }
        var note = visit.parameter("note");
        if (note != null && note.length() > AlertDesk.LONGEST_NOTE) {
            failure = words.with("alert-page.note-long", AlertDesk.LONGEST_NOTE);
            return;
        }
        try {
            once.go(() -> {
                alerts.acknowledge(visit.caller(SYSTEMS_READ), id(), note);
                return Addresses.noticed(address(id()), "acknowledged");
            });
        } catch (Problem refused) {
            failure = words.problem(refused.type().slug(), refused.type().message());
        }
    }

    /** Why it was not noted, or null. */
    public @Nullable String getFailure() {
        return failure;
    }
}
