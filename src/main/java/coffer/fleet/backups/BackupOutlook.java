package coffer.fleet.backups;

import coffer.backup.RetentionDesk;
import coffer.fleet.Systems;
import coffer.id.Caller;
import coffer.organization.Organizations;
import coffer.platform.Problem;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** How the backups of a system came in, and what the rule will see of them; for who sees it. */
@ApplicationScoped
public class BackupOutlook {

    private final Systems systems;
    private final Organizations organizations;
    private final RetentionDesk retention;
    private final SystemBackupLedger ledger;
    private final Clock clock;

    @Inject
    BackupOutlook(
            Systems systems,
            Organizations organizations,
            RetentionDesk retention,
            SystemBackupLedger ledger,
            Clock clock) {
        this.systems = systems;
        this.organizations = organizations;
        this.retention = retention;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected BackupOutlook() {
        this(null, null, null, null, null);
    }

    /**
     * A UTC day on which backups came in.
     *
     * @param came how many, whatever became of them
     * @param live how many of them are kept
     * @param trashed how many of them are in the trash
     */
    public record Day(LocalDate day, long came, long live, long trashed) {}

    /** What the rule sees of it now. */
    @Transactional(dontRollbackOn = Problem.class)
    public RetentionDesk.Standing standing(Caller.Person caller, UUID systemId) {
        var owner = systems.find(caller, systemId).organization().id();
        var path = organizations.find(owner).orElseThrow().path();
        return retention.standing(systemId, organizations.along(path));
    }

    /** What the rule would see of a new system of the caller's own organization. */
    @Transactional
    public RetentionDesk.Standing nothing(Caller.Person caller) {
        var rules = retention.rules(organizations.along(caller.organizationPath()));
        return new RetentionDesk.Standing(List.of(), rules, Optional.empty(), clock.instant());
    }

    /** The days with backups since then, in order. */
    @Transactional(dontRollbackOn = Problem.class)
    public List<Day> days(Caller.Person caller, UUID systemId, Instant since) {
        systems.find(caller, systemId);
        return ledger.days(systemId, since);
    }
}
