package coffer.fleet.backups;

import coffer.fleet.organizations.Downloads;
import coffer.id.Caller;
import coffer.id.Permission;
import coffer.organization.OrganizationRow;
import coffer.platform.Problem;
import coffer.platform.ProblemType;

import java.util.ArrayList;
import java.util.List;

/** What a caller may do to a backup. */
final class BackupActions {

    private BackupActions() {}

    /**
     * Where downloads are restricted, only who manages backups (admin and support) may.
     *
     * @throws Problem {@code insufficient permissions}
     */
    static void mayDownload(Caller.Person caller, List<OrganizationRow> along) {
        if (Downloads.restricted(along) && !caller.may(Permission.BACKUPS_MANAGE)) {
            throw ProblemType.INSUFFICIENT_PERMISSIONS.withoutDetail();
        }
    }

    static SystemBackupView seenBy(Caller.Person caller, SystemBackupView view) {
        var actions = new ArrayList<String>();
        var stored = view.state().equals("stored");
        if (caller.may(Permission.BACKUPS_DOWNLOAD)) {
            actions.add("download");
        }
        if (stored && caller.may(Permission.BACKUPS_DELETE) && !view.pinned() && !view.held()) {
            actions.add("delete");
        }
        if (caller.may(Permission.BACKUPS_MANAGE)) {
            actions.add(!stored ? "untrash" : view.pinned() ? "unpin" : "pin");
        }
        return new SystemBackupView(
                view.id(),
                view.filename(),
                view.size(),
                view.sha256(),
                view.mimetype(),
                view.uploadedAt(),
                view.state(),
                view.contentKind(),
                view.health(),
                view.pinned(),
                view.pinnedUntil(),
                view.held(),
                view.trashedAt(),
                view.trashedBy(),
                actions);
    }
}
