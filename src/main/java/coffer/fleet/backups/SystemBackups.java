package coffer.fleet.backups;

import coffer.audit.AuditTrail;
import coffer.backup.BackupKeeper;
import coffer.backup.BackupRemover;
import coffer.backup.RetentionDesk;
import coffer.fleet.SystemDesk;
import coffer.fleet.SystemView;
import coffer.fleet.Systems;
import coffer.fleet.WireId;
import coffer.id.Caller;
import coffer.organization.Organizations;
import coffer.platform.Problem;
import coffer.platform.ProblemType;
import coffer.platform.web.Paging;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** A system's backups for people who see the system, wherever it belongs now. */
@ApplicationScoped
public class SystemBackups {

    private final SystemBackupLedger ledger;
    private final Systems systems;
    private final SystemDesk desk;
    private final Hands hands;
    private final Organizations organizations;
    private final RetentionDesk retention;

    @Inject
    SystemBackups(
            SystemBackupLedger ledger,
            Systems systems,
            SystemDesk desk,
            Hands hands,
            Organizations organizations,
            RetentionDesk retention) {
        this.ledger = ledger;
        this.systems = systems;
        this.desk = desk;
        this.hands = hands;
        this.organizations = organizations;
        this.retention = retention;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected SystemBackups() {
        this(null, null, null, null, null, null);
    }

    /** Those that move backups by hand. */
    @ApplicationScoped
    static class Hands {

        private final BackupKeeper keeper;
        private final BackupRemover remover;
        private final AuditTrail audit;

        @Inject
        Hands(BackupKeeper keeper, BackupRemover remover, AuditTrail audit) {
            this.keeper = keeper;
            this.remover = remover;
            this.audit = audit;
        }

        /** For the client proxy. */
        @SuppressWarnings("NullAway")
        protected Hands() {
            this(null, null, null);
        }

        BackupKeeper keeper() {
            return keeper;
        }

        BackupRemover remover() {
            return remover;
        }

        AuditTrail audit() {
            return audit;
        }
    }

    /**
     * A page, with what is left of the limits.
     *
     * @param cursor asks for the page after this one, whatever is uploaded meanwhile; null at the
     *     end
     */
    public record Listing(
            List<SystemBackupView> backups,
            long quotaUsedBytes,
            long quotaMaxBytes,
            long slotsUsed,
            long slotsMax,
            @Nullable Instant lastBackupAt,
            String state,
            Paging.Pagination pagination,
            @Nullable String cursor) {}

    /** A page of those of a system, or of those in its trash; {@code cursor} or else the page. */
    @Transactional(dontRollbackOn = Problem.class)
    public Listing list(
            Caller.Person caller,
            UUID systemId,
            boolean trashed,
            @Nullable String cursor,
            Paging paging) {
        var system = systems.find(caller, systemId);
        var along = organizations.along(path(system));
        var rules = retention.rules(along);
        var lines =
                ledger.page(
                        systemId,
                        trashed ? "TRASHED" : "STORED",
                        cursor == null ? Long.MAX_VALUE : seq(cursor),
                        paging.pageSize() + 1,
                        cursor == null ? paging.offset() : 0);
        var shown = lines.subList(0, Math.min(lines.size(), paging.pageSize()));
        var more = lines.size() > shown.size();
        var usage = system.usage();
        return new Listing(
                shown.stream().map(line -> BackupActions.seenBy(caller, line.view())).toList(),
                usage.bytes(),
                rules.maxBytes(),
                usage.backups(),
                rules.maxBackups(),
                system.lastBackupAt(),
                system.backupState(),
                paging.of(trashed ? usage.trashedBackups() : usage.backups()),
                more ? cursor(shown.getLast().seq()) : null);
    }

    /** What a download needs; whether this caller may is decided, and it is in the trail. */
    @Transactional
    public Wanted download(Caller.Person caller, UUID systemId, String backupId) {
        var system = systems.find(caller, systemId);
        BackupActions.mayDownload(caller, organizations.along(path(system)));
        var line = line(systemId, backupId);
        var uuid = uuid(backupId);
        hands.audit()
                .record(
                        caller,
                        "backup.download",
                        "backup:" + uuid,
                        "done",
                        java.util.Map.of("system_id", systemId));
        var view = line.view();
        return new Wanted(
                DownloadName.of(view.filename(), line.extension(), view.uploadedAt()),
                ledger.copies(uuid));
    }

    /** A backup to be downloaded. */
    public record Wanted(String name, List<SystemBackupLedger.Copy> copies) {}

    /** Keeps it whatever the rules say, or leaves it to them again. */
    @Transactional
    public SystemBackupView pin(
            Caller.Person caller, UUID systemId, String backupId, boolean pinned) {
        var account = desk.account(caller, systemId);
        line(systemId, backupId);
        if (pinned) {
            hands.keeper().pin(caller, account, uuid(backupId));
        } else {
            hands.keeper().unpin(caller, account, uuid(backupId));
        }
        return BackupActions.seenBy(caller, line(systemId, backupId).view());
    }

    /** Back from the trash, pinned for a week. */
    @Transactional
    public SystemBackupView untrash(Caller.Person caller, UUID systemId, String backupId) {
        var account = desk.account(caller, systemId);
        line(systemId, backupId);
        hands.keeper().untrash(caller, account, uuid(backupId));
        return BackupActions.seenBy(caller, line(systemId, backupId).view());
    }

    /** To the trash. */
    @Transactional
    public SystemBackupView delete(Caller.Person caller, UUID systemId, String backupId) {
        desk.account(caller, systemId);
        hands.remover().remove(caller, systemId, backupId);
        return BackupActions.seenBy(caller, line(systemId, backupId).view());
    }

    private SystemBackupLedger.Line line(UUID systemId, String backupId) {
        return ledger.find(systemId, uuid(backupId))
                .filter(line -> line.view().id().equalsIgnoreCase(backupId))
                .orElseThrow(ProblemType.BACKUP_NOT_FOUND::withoutDetail);
    }

    private List<UUID> path(SystemView system) {
        return organizations.find(system.organization().id()).orElseThrow().path();
    }

    /** The part before the extension; the whole is compared afterwards. */
    private static UUID uuid(String backupId) {
        var dot = backupId.indexOf('.');
        return WireId.of(
                dot < 0 ? backupId : backupId.substring(0, dot), ProblemType.INVALID_BACKUP_ID);
    }

    private static String cursor(long seq) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("seq:" + seq).getBytes(StandardCharsets.US_ASCII));
    }

    private static long seq(String cursor) {
        try {
            var text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
            if (text.matches("seq:[0-9]{1,18}")) {
                return Long.parseLong(text.substring(4));
            }
        } catch (IllegalArgumentException notBase64) {
            throw Paging.invalid("cursor", "is not one that a page gave", cursor);
        }
        throw Paging.invalid("cursor", "is not one that a page gave", cursor);
    }
}
