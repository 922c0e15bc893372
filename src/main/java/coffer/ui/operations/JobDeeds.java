package coffer.ui.operations;

import static coffer.id.Permission.JOBS_MANAGE;

import coffer.id.Permitted;
import coffer.job.JobRunRow;
import coffer.job.Jobs;
import coffer.platform.Problem;
import coffer.platform.ProblemType;
import coffer.ui.Addresses;
import coffer.ui.Ids;
import coffer.ui.Visit;
import coffer.ui.Words;
import coffer.ui.once.Once;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/** Buttons about jobs, the same on each page that shows one. */
@Named
@RequestScoped
@Permitted(JOBS_MANAGE)
public class JobDeeds {

    private static final Map<String, String> PREVIEW = Map.of("mode", "preview");

    private final Visit visit;
    private final Words words;
    private final Jobs jobs;
    private final Once once;
    private @Nullable String failure;

    @Inject
    JobDeeds(Visit visit, Words words, Jobs jobs, Once once) {
        this.visit = visit;
        this.words = words;
        this.jobs = jobs;
        this.once = once;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected JobDeeds() {
        this(null, null, null, null);
    }

    /** Does what the button says that was pressed, and goes to the run it is about. */
    public void act() {
        if (visit.request().getMethod().equals("POST")) {
            pressed("run", "run-requested", job -> jobs.request(caller(), job, Map.of()));
            pressed("preview", "preview-requested", job -> jobs.request(caller(), job, PREVIEW));
            pressed("stop", "run-stopping", id -> jobs.stop(caller(), run(id)));
            pressed("restart", "run-restarting", id -> jobs.restart(caller(), run(id)));
        }
    }

    private coffer.id.Caller.Person caller() {
        return visit.caller(JOBS_MANAGE);
    }

    private static java.util.UUID run(String id) {
        return Ids.of(id, ProblemType.JOB_RUN_NOT_FOUND);
    }

    private void pressed(String button, String notice, Work work) {
        var about = visit.parameter(button);
        if (about == null) {
            return;
        }
        try {
            once.go(() -> Addresses.noticed(Places.run(work.on(about).id()), notice));
        } catch (Problem refused) {
            failure = words.problem(refused.type().slug(), refused.type().message());
        }
    }

    /** What a button does. */
    private interface Work {
        JobRunRow on(String about);
    }

    /** Why something was not done, or null. */
    public @Nullable String getFailure() {
        return failure;
    }
}
