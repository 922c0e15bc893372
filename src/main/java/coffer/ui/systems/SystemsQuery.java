package coffer.ui.systems;

import coffer.fleet.SystemFilter;
import coffer.fleet.SystemView;
import coffer.fleet.organizations.OrganizationDesk;
import coffer.id.Permission;
import coffer.platform.ProblemType;
import coffer.platform.web.Paging;
import coffer.ui.Addresses;
import coffer.ui.Cookies;
import coffer.ui.Ids;
import coffer.ui.Visit;
import coffer.ui.Words;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/** What the address of a list asks for, and the addresses that ask for something else. */
@RequestScoped
public class SystemsQuery {

    private static final String SIZE_COOKIE = "coffer-page-size";
    private static final List<String> SIZES = List.of("25", "50", "100", "200");
    private static final List<String> NAMES =
            List.of(
                    "search",
                    "state",
                    "status",
                    "type",
                    "legacy",
                    "organization",
                    "sort",
                    "size",
                    Columns.NAME,
                    "page");
    private static final List<String> STATES =
            List.of("overdue", "late", "due", "fresh", "never", "paused");
    private static final List<String> STATUSES =
            List.of("active", "inactive", "unknown", "suspended", "deleted");
    private static final List<String> LEGACY =
            List.of("any", "none", "v2", "proxy", "isa", "machine", "nethbackup");

    private final Visit visit;
    private final Words words;
    private final OrganizationDesk organizations;

    @Inject
    SystemsQuery(Visit visit, Words words, OrganizationDesk organizations) {
        this.visit = visit;
        this.words = words;
        this.organizations = organizations;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected SystemsQuery() {
        this(null, null, null);
    }

    /**
     * One that may be chosen.
     *
     * @param chosen it is; its address takes it away again
     */
    public record Chip(String label, String address, boolean chosen) {}

    /** A filter with what it may be. */
    public record Chips(String name, String label, List<Chip> chips) {

        /** Copies. */
        public Chips {
            chips = List.copyOf(chips);
        }
    }

    /** The address of this very list. */
    Addresses here() {
        return at(Addresses.SYSTEMS);
    }

    /** The same question to another page. */
    Addresses at(String page) {
        var here = Addresses.of(page);
        NAMES.forEach(name -> here.with(name, visit.parameter(name)));
        return here;
    }

    boolean all() {
        return Stream.of("search", "state", "status", "type", "legacy", "organization")
                .allMatch(name -> visit.parameter(name) == null);
    }

    SystemFilter filter() {
        return new SystemFilter(
                visit.parameter("search"),
                visit.parameter("type"),
                visit.parameter("status"),
                visit.parameter("legacy"),
                organization(),
                true,
                visit.parameter("state"));
    }

    Paging paging() {
        return Paging.of(visit.parameter("page"), size());
    }

    /** Keeps a size that was chosen, for this browser. */
    void remember() {
        var size = visit.parameter("size");
        if (size != null && SIZES.contains(size)) {
            Cookies.choice(visit.response(), SIZE_COOKIE, size);
        }
    }

    private String size() {
        return Objects.requireNonNullElseGet(
                visit.parameter("size"),
                () ->
                        Cookies.read(visit.request(), SIZE_COOKIE)
                                .filter(SIZES::contains)
                                .orElse("50"));
    }

    List<Chip> sizes() {
        var now = size();
        return SIZES.stream()
                .map(size ->
                        new Chip(
                                size,
                                here().with("page", null).with("size", size).toString(),
                                size.equals(now)))
                .toList();
    }

    List<Chips> filters(List<SystemView> lines) {
        var filters = new ArrayList<Chips>();
        filters.add(chips("state", "systems.by-state", "state", STATES));
        filters.add(chips("status", "systems.by-status", "status", STATUSES));
        var types =
                Stream.concat(
                                Stream.ofNullable(visit.parameter("type")),
                                lines.stream().map(SystemView::type).filter(Objects::nonNull))
                        .distinct()
                        .sorted()
                        .limit(12)
                        .toList();
        if (!types.isEmpty()) {
            filters.add(chips("type", "new.type", "type-of", types));
        }
        filters.add(chips("legacy", "signs.legacy", "legacy", LEGACY));
        var organization = organization();
        if (organization != null) {
            var name =
                    organizations.find(visit.caller(Permission.SYSTEMS_READ), organization).name();
            filters.add(
                    new Chips(
                            "organization",
                            words.phrases().text("systems.organization"),
                            List.of(chip("organization", name, organization.toString(), true))));
        }
        return filters;
    }

    private Chips chips(String parameter, String label, String family, List<String> values) {
        var now = visit.parameter(parameter);
        return new Chips(
                parameter,
                words.phrases().text(label),
                values.stream()
                        .map(value ->
                                chip(parameter, words.of(family, value), value, value.equals(now)))
                        .toList());
    }

    private Chip chip(String parameter, String label, String value, boolean chosen) {
        return new Chip(
                label,
                here().with("page", null).with(parameter, chosen ? null : value).toString(),
                chosen);
    }

    private @Nullable UUID organization() {
        var text = visit.parameter("organization");
        return text == null ? null : Ids.of(text, ProblemType.ORGANIZATION_NOT_FOUND);
    }
}
