package coffer.ui.systems;

import coffer.ui.Cookies;
import coffer.ui.Visit;
import coffer.ui.Words;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The columns of the list of systems: as the address says, else as this browser was last told, else
 * the usual ones. The name is always there.
 */
@Named
@RequestScoped
public class Columns {

    /** The parameter: names with dots between them. */
    static final String NAME = "columns";

    private static final String COOKIE = "coffer-columns";
    private static final String NONE = "name";

    /**
     * One that may be shown.
     *
     * @param text the key of what it is called
     * @param sort how the list is sorted by it, or null
     */
    private record Column(String name, String text, @Nullable String sort, boolean usual) {}

    private static final List<Column> ALL =
            List.of(
                    new Column("organization", "systems.organization", "organization", true),
                    new Column("last-backup", "systems.last-backup", "last_backup_at", true),
                    new Column("backup-state", "systems.backup-state", null, true),
                    new Column("last-heartbeat", "systems.last-heartbeat", "last_heartbeat", true),
                    new Column("type", "new.type", "type", true),
                    new Column("fqdn", "new.fqdn", null, false),
                    new Column("key", "system.key", null, false),
                    new Column("backups", "systems.backups", null, true),
                    new Column("space", "systems.space", null, true));

    private final Visit visit;
    private final Words words;
    private final SystemsQuery query;
    private @Nullable Set<String> shown;

    @Inject
    Columns(Visit visit, Words words, SystemsQuery query) {
        this.visit = visit;
        this.words = words;
        this.query = query;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected Columns() {
        this(null, null, null);
    }

    /**
     * A heading.
     *
     * @param address sorts by it, or null
     * @param order {@code ascending}, {@code descending} or {@code none}, as ARIA says it
     */
    public record Heading(
            String name, String label, @Nullable String address, @Nullable String order) {}

    /** True for a column that is to be seen. */
    public boolean shows(String name) {
        return shown().contains(name);
    }

    /** Those that are to be seen, the name before them. */
    public List<Heading> getHeadings() {
        return Stream.concat(
                        Stream.of(heading("name", "systems.name", "name")),
                        ALL.stream()
                                .filter(one -> shows(one.name()))
                                .map(one -> heading(one.name(), one.text(), one.sort())))
                .toList();
    }

    /** Each column, to show it or take it away. */
    public List<SystemsQuery.Chip> getChoices() {
        return ALL.stream()
                .map(one ->
                        new SystemsQuery.Chip(
                                words.phrases().text(one.text()),
                                query.here().with(NAME, without(one)).toString(),
                                shows(one.name())))
                .toList();
    }

    /** Keeps what was chosen, for this browser. */
    void remember() {
        if (visit.parameter(NAME) != null) {
            Cookies.choice(visit.response(), COOKIE, text(shown()));
        }
    }

    private String without(Column one) {
        var next = new LinkedHashSet<>(shown());
        if (!next.remove(one.name())) {
            next.add(one.name());
        }
        return text(next);
    }

    private static String text(Set<String> names) {
        return names.isEmpty()
                ? NONE
                : ALL.stream()
                        .map(Column::name)
                        .filter(names::contains)
                        .collect(Collectors.joining("."));
    }

    private Set<String> shown() {
        if (shown == null) {
            var wanted = visit.parameter(NAME);
            var kept = Cookies.read(visit.request(), COOKIE).orElse(null);
            var text = wanted == null ? kept : wanted;
            var names = text == null ? List.<String>of() : List.of(text.split("\\.", 20));
            shown =
                    ALL.stream()
                            .filter(one -> text == null ? one.usual() : names.contains(one.name()))
                            .map(Column::name)
                            .collect(Collectors.toUnmodifiableSet());
        }
        return shown;
    }

    private Heading heading(String name, String text, @Nullable String column) {
        var label = words.phrases().text(text);
        if (column == null) {
            return new Heading(name, label, null, null);
        }
        var sort = visit.parameter("sort");
        var up = column.equals(sort == null ? "name" : sort);
        return new Heading(
                name,
                label,
                query.here().with("page", null).with("sort", up ? "-" + column : column).toString(),
                up ? "ascending" : ("-" + column).equals(sort) ? "descending" : "none");
    }
}
