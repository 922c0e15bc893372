package coffer.erasure;

import coffer.alert.AlertKind;
import coffer.alert.Alerts;
import coffer.audit.AuditTrail;
import coffer.id.Caller;
import coffer.platform.Log;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** What an erasure tells: the audit trail, people, the log. Ids only. */
@ApplicationScoped
class PurgeNotes {

    private final AuditTrail trail;
    private final Alerts alerts;
    private final ErasureSettings settings;

    @Inject
    PurgeNotes(AuditTrail trail, Alerts alerts, ErasureSettings settings) {
        this.trail = trail;
        this.alerts = alerts;
        this.settings = settings;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected PurgeNotes() {
        this(null, null, null);
    }

    Duration retry() {
        return settings.retry();
    }

    Duration freeze() {
        return settings.freeze();
    }

    void moved(PurgeRow purge, String to) {
        trail.record(PurgeDesk.JOB, "purge.moved", purge.subject(), "done", Map.of("state", to));
        Log.info("purge.moved", "purge_id", purge.id(), "state", to);
    }

    void blocked(UUID purge, Obstacle obstacle) {
        var arguments =
                Map.of("reason", obstacle.reason(), "until", String.valueOf(obstacle.until()));
        var subject = "purge:" + purge;
        trail.record(PurgeDesk.JOB, "purge.blocked", subject, "pending", arguments);
        alerts.open(AlertKind.PURGE_BLOCKED, subject, arguments);
        Log.warn("purge.blocked", "purge_id", purge, "reason", obstacle.reason());
    }

    void requested(Caller caller, PurgeRow purge) {
        trail.record(
                caller,
                "purge.requested",
                purge.subject(),
                "done",
                Map.of("subject", purge.subjectKind() + ":" + purge.subjectId()));
        Log.info("purge.requested", "purge_id", purge.id());
    }

    void concluded(PurgeRow purge) {
        trail.record(
                PurgeDesk.JOB,
                "purge.completed",
                purge.subject(),
                "done",
                Map.copyOf(purge.counts()));
        alerts.resolve(AlertKind.PURGE_BLOCKED, purge.subject());
        Log.info("purge.completed", "purge_id", purge.id());
    }

    void freed(PurgeRow purge) {
        alerts.resolve(AlertKind.PURGE_BLOCKED, purge.subject());
    }
}
