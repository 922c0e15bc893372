package coffer.ui.organizations;

import coffer.fleet.organizations.OrganizationTree;
import coffer.id.Caller;
import coffer.id.Permission;
import coffer.id.Permitted;
import coffer.platform.ProblemType;
import coffer.platform.web.Paging;
import coffer.ui.Addresses;
import coffer.ui.Ids;
import coffer.ui.Visit;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tree below the caller's organization. Which of its nodes are open is in the address; only
 * what is right below those is read.
 */
@Named
@RequestScoped
@Permitted(Permission.ORGANIZATIONS_READ)
public class TreeTab {

    /** So that an address stays one, and a page short. */
    private static final int MOST_OPEN = 40;

    private static final Paging CHILDREN = new Paging(1, 50);

    private final Visit visit;
    private final OrganizationTree tree;
    private final Map<UUID, OrganizationTree.Branch> branches = new HashMap<>();
    private @Nullable List<Line> lines;

    @Inject
    TreeTab(Visit visit, OrganizationTree tree) {
        this.visit = visit;
        this.tree = tree;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected TreeTab() {
        this(null, null);
    }

    /**
     * A line of the tree.
     *
     * @param node an organization, or null where the rest of a long list is elsewhere
     * @param level 1 for the caller's own
     * @param open what is below it follows
     * @param address opens or shuts it, or leads to the rest; null where nothing is below
     */
    public record Line(
            OrganizationTree.@Nullable Node node,
            int level,
            boolean open,
            @Nullable String address) {}

    /** From the top, as far as it is open. */
    public List<Line> getLines() {
        if (lines == null) {
            var caller = visit.caller(Permission.ORGANIZATIONS_READ);
            var all = new ArrayList<Line>();
            grow(caller, root(caller, opened(caller)), 1, opened(caller), all);
            lines = List.copyOf(all);
        }
        return lines;
    }

    private OrganizationTree.Node root(Caller.Person caller, Set<UUID> opened) {
        var id = caller.organizationId();
        return opened.contains(id)
                ? tree.node(caller, id, below(caller, id))
                : tree.node(caller, id);
    }

    private OrganizationTree.Branch below(Caller.Person caller, UUID id) {
        return branches.computeIfAbsent(id, one -> tree.below(caller, one, CHILDREN));
    }

    private void grow(
            Caller.Person caller,
            OrganizationTree.Node node,
            int level,
            Set<UUID> opened,
            List<Line> all) {
        var id = node.organization().id();
        var open = opened.contains(id) && node.size().children() > 0;
        all.add(
                new Line(
                        node,
                        level,
                        open,
                        node.size().children() > 0 ? toggled(opened, id) : null));
        if (open) {
            var branch = below(caller, id);
            branch.nodes().forEach(child -> grow(caller, child, level + 1, opened, all));
            if (branch.pagination().hasNext()) {
                var rest = Addresses.of(Addresses.ORGANIZATIONS).with("parent", id).with("page", 2);
                all.add(new Line(null, level + 1, false, rest.toString()));
            }
        }
    }

    private Set<UUID> opened(Caller.Person caller) {
        var open = visit.parameter("open");
        return open == null
                ? Set.of(caller.organizationId())
                : Stream.of(open.split(",", -1))
                        .filter(text -> !text.equals("none"))
                        .limit(MOST_OPEN)
                        .map(text -> Ids.of(text, ProblemType.ORGANIZATION_NOT_FOUND))
                        .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String toggled(Set<UUID> opened, UUID id) {
        var next = new LinkedHashSet<>(opened);
        if (!next.remove(id)) {
            next.add(id);
        }
        var ids = next.stream().map(UUID::toString).collect(Collectors.joining(","));
        return Addresses.of(Addresses.ORGANIZATIONS).with("open", ids.isEmpty() ? "none" : ids)
                + "#o-"
                + id;
    }
}
