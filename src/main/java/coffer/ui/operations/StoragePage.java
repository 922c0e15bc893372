package coffer.ui.operations;

import static coffer.id.Permission.JOBS_READ;

import coffer.id.Permitted;
import coffer.storage.StorageReport;
import coffer.ui.Visit;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import java.util.List;

/** The object stores: whether each is there, what it was seen to do, what is in it. */
@Named
@RequestScoped
@Permitted(JOBS_READ)
public class StoragePage {

    private final Visit visit;
    private final StorageReport report;

    @Inject
    StoragePage(Visit visit, StorageReport report) {
        this.visit = visit;
        this.report = report;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected StoragePage() {
        this(null, null);
    }

    /** Each destination. */
    public List<StorageReport.Line> getLines() {
        visit.caller(JOBS_READ);
        return report.lines();
    }
}
