package coffer.fleet.organizations;

import coffer.id.Caller;
import coffer.platform.web.Paging;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The tree as it is opened: one organization's children at a time, with how much is in each. */
@ApplicationScoped
public class OrganizationTree {

    private final OrganizationDesk desk;
    private final OrganizationTreeLedger ledger;

    @Inject
    OrganizationTree(OrganizationDesk desk, OrganizationTreeLedger ledger) {
        this.desk = desk;
        this.ledger = ledger;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected OrganizationTree() {
        this(null, null);
    }

    /**
     * How much is in an organization.
     *
     * @param children organizations right below it
     * @param systems of its whole subtree that are not deleted
     */
    public record Size(long children, long systems) {}

    /** An organization with how much is in it. */
    public record Node(OrganizationView organization, Size size) {}

    /** A page of nodes and how many there are in all. */
    public record Branch(List<Node> nodes, Paging.Pagination pagination) {}

    /** One, as a root. */
    @Transactional
    public Node node(Caller.Person caller, UUID id) {
        var one = desk.find(caller, id);
        return new Node(one, size(ledger.sizes(List.of(id)), id));
    }

    /** One, as a root, with what is below it: where that is all, its systems are counted once. */
    @Transactional
    public Node node(Caller.Person caller, UUID id, Branch below) {
        var pages = below.pagination();
        if (pages.hasNext() || pages.hasPrev()) {
            return node(caller, id);
        }
        var systems = below.nodes().stream().mapToLong(one -> one.size().systems()).sum();
        return new Node(
                desk.find(caller, id), new Size(pages.totalCount(), ledger.own(id) + systems));
    }

    /** What is right below one, deleted ones too, by name. */
    @Transactional
    public Branch below(Caller.Person caller, UUID parent, Paging paging) {
        return list(caller, new OrganizationDesk.Filter(null, null, "all", parent), paging);
    }

    /** Any of the subtree, by name. */
    @Transactional
    public Branch list(Caller.Person caller, OrganizationDesk.Filter filter, Paging paging) {
        var listing = desk.list(caller, filter, "name", paging);
        var sizes =
                ledger.sizes(listing.organizations().stream().map(OrganizationView::id).toList());
        return new Branch(
                listing.organizations().stream()
                        .map(one -> new Node(one, size(sizes, one.id())))
                        .toList(),
                listing.pagination());
    }

    private static Size size(Map<UUID, Size> sizes, UUID id) {
        return sizes.getOrDefault(id, new Size(0, 0));
    }
}
