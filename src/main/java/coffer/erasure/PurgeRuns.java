package coffer.erasure;

import static jakarta.transaction.Transactional.TxType.NOT_SUPPORTED;

import coffer.id.Caller;
import coffer.job.Jobs;
import coffer.platform.Problem;
import coffer.platform.ProblemType;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import java.util.Map;
import java.util.UUID;

/**
 * The runs of {@code gdpr-purge}. One run works off every erasure that is due, so one that cannot
 * go on is taken up by the next firing without anybody's doing.
 */
@ApplicationScoped
class PurgeRuns {

    static final String JOB = "gdpr-purge";

    private final Jobs jobs;

    @Inject
    PurgeRuns(Jobs jobs) {
        this.jobs = jobs;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected PurgeRuns() {
        this(null);
    }

    /** The id of a run that takes up what is due: a new one, or the one that has not ended. */
    @Transactional(NOT_SUPPORTED)
    UUID begin(Caller caller) {
        try {
            return jobs.request(caller, JOB, Map.of()).id();
        } catch (Problem busy) {
            if (busy.type() != ProblemType.JOB_ALREADY_RUNNING) {
                throw busy;
            }
            return UUID.fromString(String.valueOf(busy.data().get("run_id")));
        }
    }
}
