package coffer.ui.operations;

import static coffer.id.Permission.ORGANIZATIONS_DESTROY;
import static coffer.id.Permission.SYSTEMS_DESTROY;

import coffer.erasure.PurgeRow;
import coffer.erasure.Purges;
import coffer.erasure.Receipts;
import coffer.id.Permitted;
import coffer.platform.web.Paging;
import coffer.ui.Addresses;
import coffer.ui.Visit;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** Erasures by law: how each stands, and whether its receipt is genuine. */
@Named
@RequestScoped
@Permitted({SYSTEMS_DESTROY, ORGANIZATIONS_DESTROY})
public class PurgesPage {

    private static final String SIZE = "20";

    private final Visit visit;
    private final Purges purges;
    private final Receipts receipts;
    private @Nullable List<Line> lines;
    private Paging.@Nullable Pagination pages;

    @Inject
    PurgesPage(Visit visit, Purges purges, Receipts receipts) {
        this.visit = visit;
        this.purges = purges;
        this.receipts = receipts;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected PurgesPage() {
        this(null, null, null);
    }

    /**
     * An erasure as a line.
     *
     * @param proof {@code none} while there is no receipt, {@code genuine} or {@code forged}
     */
    public record Line(PurgeRow purge, String address, String receipt, String proof) {}

    /** A page of them, the latest first; each receipt is verified now. */
    public List<Line> getLines() {
        if (lines == null) {
            var paging = paging();
            lines =
                    purges
                            .list(
                                    visit.caller(SYSTEMS_DESTROY, ORGANIZATIONS_DESTROY),
                                    paging.offset(),
                                    paging.pageSize())
                            .stream()
                            .map(this::line)
                            .toList();
        }
        return lines;
    }

    private Line line(PurgeRow purge) {
        var receipt = purge.receipt();
        return new Line(
                purge,
                Addresses.purge(purge.id()),
                Places.receipt(purge.id()),
                receipt == null ? "none" : receipts.genuine(receipt) ? "genuine" : "forged");
    }

    /** The keys by which anybody verifies receipts. */
    public List<Receipts.PublicKeyView> getKeys() {
        return receipts.keys();
    }

    /** Later ones, or null. */
    public @Nullable String getNewer() {
        return Places.turned(Addresses.of(Places.PURGES), pages().prevPage());
    }

    /** Earlier ones, or null. */
    public @Nullable String getOlder() {
        return Places.turned(Addresses.of(Places.PURGES), pages().nextPage());
    }

    private Paging paging() {
        return Paging.of(visit.parameter("page"), SIZE);
    }

    private Paging.Pagination pages() {
        if (pages == null) {
            pages = paging().of(purges.count(visit.caller(SYSTEMS_DESTROY, ORGANIZATIONS_DESTROY)));
        }
        return pages;
    }
}
