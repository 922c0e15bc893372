package coffer.job;

import coffer.platform.Executors;
import coffer.platform.NodeSettings;
import coffer.platform.Schema;

import jakarta.enterprise.concurrent.CronTrigger;
import jakarta.enterprise.concurrent.LastExecution;
import jakarta.enterprise.concurrent.ZonedTrigger;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Fires every job by its cron on every node with the role {@code jobs}; the ledger lets one win.
 */
@ApplicationScoped
public class Schedules {

    /** What a node must be allowed besides jobs; one that is not must not win the firing either. */
    private static final Map<String, String> NEEDS = Map.of("object-reaper", "erase");

    private static final Duration WATCH = Duration.ofMillis(500);
    private static final Duration CLEAR = Duration.ofHours(1);
    private static final Duration KEPT = Duration.ofDays(7);

    private final Jobs jobs;
    private final JobLedger ledger;
    private final JobSettings settings;
    private final NodeSettings node;
    private final Executors executors;

    @Inject
    Schedules(
            Jobs jobs,
            JobLedger ledger,
            JobSettings settings,
            NodeSettings node,
            Executors executors) {
        this.jobs = jobs;
        this.ledger = ledger;
        this.settings = settings;
        this.node = node;
        this.executors = executors;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected Schedules() {
        this(null, null, null, null, null);
    }

    void start(@Observes Schema.Ready ready) {
        ledger.releaseAllOfThisNode();
        executors.every(WATCH, "job.watch", jobs::watch);
        if (node.has("jobs")) {
            executors.every(CLEAR, "job.clear", () -> ledger.clear(KEPT));
            settings.schedules().forEach(this::schedule);
        }
    }

    private void schedule(String job, String cron) {
        if (!cron.equals(JobSettings.OFF) && node.has(NEEDS.getOrDefault(job, "jobs"))) {
            var occurrence = new Occurrence(new CronTrigger(cron, ZoneOffset.UTC));
            executors.at(occurrence, "job." + job, () -> jobs.fire(job, occurrence.instant()));
        }
    }

    /**
     * A cron trigger that remembers for which instant it has fired: every node names the firing by
     * that instant, not by the moment at which its thread came round to it.
     */
    private static final class Occurrence implements ZonedTrigger {

        private final CronTrigger cron;
        private final AtomicReference<@Nullable ZonedDateTime> next = new AtomicReference<>();

        Occurrence(CronTrigger cron) {
            this.cron = cron;
        }

        Instant instant() {
            return Objects.requireNonNull(next.get(), "a firing has an instant").toInstant();
        }

        @Override
        public ZoneId getZoneId() {
            return cron.getZoneId();
        }

        @Override
        public @Nullable ZonedDateTime getNextRunTime(
                @Nullable LastExecution last, ZonedDateTime taskScheduledTime) {
            var time = cron.getNextRunTime(last, taskScheduledTime);
            next.set(time);
            return time;
        }
    }
}
