package coffer.ui.operations;

import static coffer.id.Permission.SYSTEMS_READ;

import coffer.alert.AlertDesk;
import coffer.alert.AlertFilter;
import coffer.alert.AlertRow;
import coffer.id.Permitted;
import coffer.platform.web.Paging;
import coffer.ui.Addresses;
import coffer.ui.Visit;
import coffer.ui.Words;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** Alerts of the caller's subtree: those that are open, or past ones. */
@Named
@RequestScoped
@Permitted(SYSTEMS_READ)
public class AlertsPage {

    private static final String SIZE = "50";
    private static final String SHOW = "show";
    private static final String PAST = "past";
    private static final String SEVERITY = "severity";
    private static final String SEEN = "seen";

    private final Visit visit;
    private final Words words;
    private final AlertDesk alerts;
    private @Nullable List<AlertRow> lines;
    private boolean more;

    @Inject
    AlertsPage(Visit visit, Words words, AlertDesk alerts) {
        this.visit = visit;
        this.words = words;
        this.alerts = alerts;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected AlertsPage() {
        this(null, null, null);
    }

    /** A filter that may be chosen; the address of a chosen one takes it away again. */
    public record Chip(String label, String address, boolean chosen) {}

    /** The lines of this page. */
    public List<AlertRow> getLines() {
        if (lines == null) {
            var paging = paging();
            // One more than is shown says whether there are others; counting them would read them
            // all.
            var found =
                    alerts.list(
                            visit.caller(SYSTEMS_READ),
                            filter(),
                            paging.offset(),
                            paging.pageSize() + 1);
            more = found.size() > paging.pageSize();
            lines = found.subList(0, Math.min(found.size(), paging.pageSize()));
        }
        return lines;
    }

    /** True where the past is shown. */
    public boolean isPast() {
        return PAST.equals(visit.parameter(SHOW));
    }

    /** Open or past. */
    public List<Chip> getTimes() {
        return List.of(
                new Chip(words.of("alerts", "open"), to(SHOW, null), !isPast()),
                new Chip(words.of("alerts", PAST), to(SHOW, PAST), isPast()));
    }

    /** How much they matter. */
    public List<Chip> getSeverities() {
        return List.of("critical", "warning", "info").stream()
                .map(one -> chip(SEVERITY, "severity", one))
                .toList();
    }

    /** Whether somebody has seen them. */
    public List<Chip> getSights() {
        return List.of(chip(SEEN, "seen", "no"), chip(SEEN, "seen", "yes"));
    }

    private Chip chip(String parameter, String family, String value) {
        var chosen = value.equals(visit.parameter(parameter));
        return new Chip(words.of(family, value), to(parameter, chosen ? null : value), chosen);
    }

    private String to(String parameter, @Nullable String value) {
        return here().with("page", null).with(parameter, value).toString();
    }

    /** Where one is. */
    public String address(AlertRow alert) {
        return AlertPage.address(alert.id());
    }

    /** What it is about. */
    public Subject subject(AlertRow alert) {
        return Subject.of(alert, words);
    }

    /** The page before, or null. */
    public @Nullable String getEarlier() {
        var page = paging().page();
        return Places.turned(here(), page == 1 ? null : page - 1);
    }

    /** The page after, or null. */
    public @Nullable String getLater() {
        getLines();
        return Places.turned(here(), more ? paging().page() + 1 : null);
    }

    private Addresses here() {
        var here = Addresses.of(Places.ALERTS);
        for (var name : List.of(SHOW, SEVERITY, SEEN, "code", "page")) {
            here.with(name, visit.parameter(name));
        }
        return here;
    }

    private AlertFilter filter() {
        var seen = visit.parameter(SEEN);
        return new AlertFilter(
                !isPast(),
                visit.parameter(SEVERITY),
                visit.parameter("code"),
                seen == null ? null : seen.equals("yes"));
    }

    private Paging paging() {
        return Paging.of(visit.parameter("page"), SIZE);
    }
}
