package coffer.ui.systems;

import static coffer.platform.ProblemType.PURGE_NOT_FOUND;

import coffer.erasure.PurgeRow;
import coffer.erasure.Purges;
import coffer.id.Permitted;
import coffer.platform.ProblemType;
import coffer.ui.Addresses;
import coffer.ui.Ids;
import coffer.ui.PageFilter;
import coffer.ui.Visit;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** How an erasure stands, and the receipt that proves it. */
@Named
@RequestScoped
@Permitted({})
public class PurgePage {

    private static final List<String> STEPS =
            List.of("freezing", "erasing", "looking", "clearing", "done");

    private final Visit visit;
    private final Purges purges;
    private @Nullable PurgeRow purge;

    @Inject
    PurgePage(Visit visit, Purges purges) {
        this.visit = visit;
        this.purges = purges;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected PurgePage() {
        this(null, null);
    }

    /** A step on the way. */
    public record Step(String name, boolean now) {}

    /** What has gone so far. */
    public record Gone(String what, long many) {}

    /** The one that the address names. */
    public PurgeRow getPurge() {
        if (purge == null) {
            purge = purges.find(visit.caller(), Ids.of(visit.parameter("id"), PURGE_NOT_FOUND));
        }
        return purge;
    }

    /** All steps, and which one it is at. */
    public List<Step> getSteps() {
        var now = getPurge().state().toLowerCase(Locale.ROOT);
        return STEPS.stream().map(step -> new Step(step, step.equals(now))).toList();
    }

    /** What has gone so far. */
    public List<Gone> getGone() {
        return new TreeMap<>(getPurge().counts())
                .entrySet().stream().map(one -> new Gone(one.getKey(), one.getValue())).toList();
    }

    /** Where the receipt is. */
    public String getReceipt() {
        return Addresses.of(PageFilter.FOLDER + "receipt.xhtml")
                .with("id", getPurge().id())
                .toString();
    }

    /** Sends the receipt as a file, as {@code VerifyReceipt} reads it. */
    public void download() throws IOException {
        var receipt = getPurge().receipt();
        if (receipt == null) {
            throw ProblemType.PURGE_NOT_DONE.withoutDetail();
        }
        var response = visit.response();
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader(
                "Content-Disposition",
                "attachment; filename=\"receipt-" + getPurge().id() + ".json\"");
        response.getOutputStream().write(receipt.getBytes(StandardCharsets.UTF_8));
        FacesContext.getCurrentInstance().responseComplete();
    }
}
