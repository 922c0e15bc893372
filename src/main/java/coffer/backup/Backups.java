package coffer.backup;

import coffer.id.Caller;
import coffer.platform.Problem;
import coffer.platform.ProblemType;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import java.util.List;

/**
 * What a system may see of its backups. An identity sees its own only; a foreign id is not found.
 */
@ApplicationScoped
public class Backups {

    private final BackupLedger ledger;

    @Inject
    Backups(BackupLedger ledger) {
        this.ledger = ledger;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected Backups() {
        this.ledger = null;
    }

    /** All of them, newest first: retention bounds their number. */
    @Transactional
    public List<BackupRow> list(Caller.Appliance appliance) {
        return ledger.list(appliance.systemId());
    }

    /** One, with the places where its bytes can be read. */
    @Transactional(dontRollbackOn = Problem.class)
    public Found find(Caller.Appliance appliance, String id) {
        var parsed = BackupId.parse(id).orElseThrow(ProblemType.INVALID_BACKUP_ID::withoutDetail);
        var row =
                ledger.find(appliance.systemId(), parsed)
                        .orElseThrow(ProblemType.BACKUP_NOT_FOUND::withoutDetail);
        return new Found(row, ledger.copies(row.backupId()));
    }

    /** A backup and its copies, best first. */
    public record Found(BackupRow backup, List<CopyRow> copies) {}
}
