package coffer.alert;

import coffer.alert.Alerts.Severity;

/**
 * Everything that a person may be told of, in one list, so that each has a text in each language.
 */
public enum AlertKind {
    /** Nothing came for seven days and four cadences. */
    BACKUP_OVERDUE("backup.overdue", Severity.CRITICAL),
    /** Something changed, and nothing came for two cadences. */
    BACKUP_LATE("backup.late", Severity.WARNING),
    /** A listed backup has no bytes in the store. */
    BACKUP_MISSING("backup.missing", Severity.CRITICAL),
    /** The bytes in the store are not those that came. */
    BACKUP_CORRUPT("backup.corrupt", Severity.CRITICAL),
    /** An appliance deletes its own backups, again and again. */
    BACKUP_DELETIONS("backup.deletions", Severity.WARNING),
    /** A trash is at its hard limit, and an upload was refused for it. */
    BACKUP_TRASH_FULL("backup.trash-full", Severity.WARNING),
    /** The newest backup is far larger or smaller than usual. */
    BACKUP_ODD_SIZE("backup.odd-size", Severity.WARNING),
    /** The newest backup is of another kind than those before. */
    BACKUP_ODD_KIND("backup.odd-kind", Severity.WARNING),
    /** More came in a day than any schedule explains. */
    BACKUP_ODD_CADENCE("backup.odd-cadence", Severity.WARNING),
    /** A system that gave signs of life gives none. */
    SYSTEM_SILENT("system.silent", Severity.WARNING),
    /** A store does not let go of an object. */
    OBJECT_UNDELETABLE("object.undeletable", Severity.WARNING),
    /** A run of a job failed. */
    JOB_FAILED("job.failed", Severity.WARNING),
    /** Reading all copies back takes longer than it should. */
    SCRUB_BEHIND("scrub.behind", Severity.WARNING),
    /** Objects of this installation that the catalogue has never heard of. */
    RECONCILE_UNKNOWN_OBJECTS("reconcile.unknown-objects", Severity.CRITICAL),
    /** More objects without a row than are removed unasked. */
    RECONCILE_TOO_MANY_ORPHANS("reconcile.too-many-orphans", Severity.CRITICAL),
    /** An old client's upload was refused, and it did not notice. */
    LEGACY_UPLOAD_REFUSED("legacy.upload-refused", Severity.WARNING),
    /** An old client asks for credentials that are in use already. */
    LEGACY_CREDENTIALS_ASKED_AGAIN("legacy.credentials-asked-again", Severity.WARNING),
    /** Something stands in the way of an erasure. */
    PURGE_BLOCKED("purge.blocked", Severity.WARNING);

    private final String code;
    private final Severity severity;

    AlertKind(String code, Severity severity) {
        this.code = code;
        this.severity = severity;
    }

    /** The stable slug of the catalogue: {@code backup.overdue}. */
    public String code() {
        return code;
    }

    /** How much it matters. */
    public Severity severity() {
        return severity;
    }
}
