package coffer.job;

import coffer.platform.Ids;
import coffer.platform.Installation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;

/**
 * Makes the run of each instant that a schedule names: one row, whichever node makes it. After a
 * downtime the last instant that was missed is made up for, and no other.
 */
@ApplicationScoped
public class FiringDesk {

    private final Map<String, Instant> since = new ConcurrentHashMap<>();
    private final ScheduleLedger schedules;
    private final RunLedger runs;
    private final JobSettings settings;
    private final Installation installation;
    private final Ids ids;
    private final Clock clock;

    @Inject
    FiringDesk(
            ScheduleLedger schedules,
            RunLedger runs,
            JobSettings settings,
            Installation installation,
            Ids ids,
            Clock clock) {
        this.schedules = schedules;
        this.runs = runs;
        this.settings = settings;
        this.installation = installation;
        this.ids = ids;
        this.clock = clock;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected FiringDesk() {
        this(null, null, null, null, null, null);
    }

    /** One look at every schedule; asks the database only where something may be due. */
    @Transactional
    public void fireWhatIsDue() {
        for (var job : JobDescription.ALL) {
            var schedule = settings.schedule(job.name());
            schedule.expression().ifPresent(expression -> fire(job, schedule, expression));
        }
    }

    private void fire(
            JobDescription job, JobSettings.Schedule schedule, CronExpression expression) {
        var now = clock.instant();
        var known = since.get(job.name());
        if (known != null && due(expression, known, now).isEmpty()) {
            return;
        }
        var fresh = schedules.since(job.name(), schedule.text(), schedule.zone().getId());
        due(expression, fresh, now)
                .ifPresentOrElse(
                        at -> {
                            runs.schedule(
                                    ids.next(),
                                    job.name(),
                                    at,
                                    spread(job.name(), at, schedule.jitter()),
                                    job.complete(Map.of()));
                            schedules.fired(job.name(), at);
                            since.remove(job.name()); // known for sure once this is committed
                        },
                        () -> since.put(job.name(), fresh));
    }

    private static Optional<Instant> due(CronExpression expression, Instant since, Instant now) {
        return since.isBefore(now) ? expression.latest(since, now) : Optional.empty();
    }

    /** The same on every node, another one for every installation and instant. */
    private Duration spread(String job, Instant at, Duration jitter) {
        var sum = new CRC32();
        sum.update((installation.id() + job + at).getBytes(StandardCharsets.UTF_8));
        return jitter.isZero()
                ? Duration.ZERO
                : Duration.ofMillis(sum.getValue() % jitter.toMillis());
    }
}
