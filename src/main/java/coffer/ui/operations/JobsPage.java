package coffer.ui.operations;

import static coffer.id.Permission.JOBS_READ;

import coffer.id.Permitted;
import coffer.job.JobRow;
import coffer.job.JobRunRow;
import coffer.job.Jobs;
import coffer.platform.ProblemType;
import coffer.platform.web.Paging;
import coffer.ui.Addresses;
import coffer.ui.Visit;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/** The jobs: when each fires, how its latest run ended, and the runs of one. */
@Named
@RequestScoped
@Permitted(JOBS_READ)
public class JobsPage {

    private static final Set<String> OPEN = Set.of("waiting", "running", "stopping");
    private static final String SIZE = "20";

    private final Visit visit;
    private final Jobs jobs;
    private @Nullable List<JobRow> all;
    private Paging.@Nullable Pagination pages;
    private @Nullable List<JobRunRow> runs;

    @Inject
    JobsPage(Visit visit, Jobs jobs) {
        this.visit = visit;
        this.jobs = jobs;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected JobsPage() {
        this(null, null);
    }

    /** Every job. */
    public List<JobRow> getAll() {
        if (all == null) {
            visit.caller(JOBS_READ);
            all = jobs.all();
        }
        return all;
    }

    /** True while a run of any of them has not ended: the page looks again by itself. */
    public boolean isLive() {
        return getAll().stream().anyMatch(job -> isOpen(job.lastRun()));
    }

    static boolean isOpen(@Nullable JobRunRow run) {
        return run != null && OPEN.contains(run.state());
    }

    /** The one that the address names. */
    public JobRow getJob() {
        var name = visit.parameter("name");
        return getAll().stream()
                .filter(job -> job.name().equals(name))
                .findFirst()
                .orElseThrow(ProblemType.JOB_NOT_FOUND::withoutDetail);
    }

    /** True while it runs, or is about to. */
    public boolean isJobLive() {
        return isOpen(getJob().lastRun());
    }

    /** True where a job can say what it would do. */
    public boolean previews(JobRow job) {
        return job.parameters().stream()
                .anyMatch(one -> one.name().equals("mode") && "preview".matches(one.allowed()));
    }

    /** True when a run of it was one that changes nothing. */
    public boolean previewed(JobRunRow run) {
        return "preview".equals(run.parameters().get("mode"));
    }

    /** A page of its runs, newest first. */
    public List<JobRunRow> getRuns() {
        if (runs == null) {
            visit.caller(JOBS_READ);
            runs = jobs.runs(getJob().name(), paging().offset(), paging().pageSize());
        }
        return runs;
    }

    /** Where a job's runs are. */
    public String address(String job) {
        return Places.job(job);
    }

    /** Where a run is. */
    public String address(JobRunRow run) {
        return Places.run(run.id());
    }

    /** Newer runs, or null. */
    public @Nullable String getNewer() {
        return Places.turned(here(), pages().prevPage());
    }

    /** Older runs, or null. */
    public @Nullable String getOlder() {
        return Places.turned(here(), pages().nextPage());
    }

    private Addresses here() {
        return Addresses.of(Places.JOB).with("name", getJob().name());
    }

    private Paging paging() {
        return Paging.of(visit.parameter("page"), SIZE);
    }

    private Paging.Pagination pages() {
        if (pages == null) {
            pages = paging().of(jobs.count(getJob().name()));
        }
        return pages;
    }
}
