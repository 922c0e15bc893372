package coffer.ui.systems;

import coffer.backup.RetentionDesk;
import coffer.fleet.SystemView;
import coffer.fleet.backups.SystemBackupView;
import coffer.organization.Organizations;
import coffer.retention.RetentionRules;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Until when a backup is in the trash. */
@RequestScoped
class TrashDays {

    private final RetentionDesk retention;
    private final Organizations organizations;
    private @Nullable RetentionRules rules;

    @Inject
    TrashDays(RetentionDesk retention, Organizations organizations) {
        this.retention = retention;
        this.organizations = organizations;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected TrashDays() {
        this(null, null);
    }

    /** The day from which on it may go for good. */
    Instant end(SystemView system, SystemBackupView backup) {
        var rules = rules(system);
        var period =
                "appliance".equals(backup.trashedBy())
                        ? rules.deletionPeriod()
                        : rules.trashPeriod();
        var trashed = backup.trashedAt() == null ? Instant.EPOCH : backup.trashedAt();
        return trashed.truncatedTo(ChronoUnit.DAYS).plus(period).plus(1, ChronoUnit.DAYS);
    }

    private RetentionRules rules(SystemView system) {
        if (rules == null) {
            var owner = organizations.find(system.organization().id()).orElseThrow();
            rules = retention.rules(organizations.along(owner.path()));
        }
        return rules;
    }
}
