package coffer.fleet;

import coffer.id.Caller;
import coffer.id.Permission;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A line of the list with where it stands.
 *
 * @param view without actions
 * @param path from the root to its organization
 * @param deletedAbove its organization, or one above it, is deleted
 */
record ListedSystem(SystemView view, List<UUID> path, boolean deletedAbove) {

    /** For a caller who sees it. */
    SystemView seenBy(Caller.Person caller) {
        return new SystemView(
                view.id(),
                view.systemKey(),
                view.name(),
                view.type(),
                view.fqdn(),
                view.organization(),
                view.status(),
                view.backupState(),
                view.suspended(),
                view.suspendedAt(),
                view.suspendedAbove(),
                view.deleted(),
                view.deletedAt(),
                view.registered(),
                view.registeredAt(),
                view.reissued(),
                view.held(),
                view.createdAt(),
                view.lastHeartbeat(),
                view.lastInventory(),
                view.lastBackupAt(),
                view.cadenceSeconds(),
                view.learnedCadenceSeconds(),
                view.lastLegacyProtocol(),
                view.lastLegacyAt(),
                view.usage(),
                actions(caller));
    }

    private List<String> actions(Caller.Person caller) {
        var actions = new ArrayList<String>();
        if (caller.may(Permission.SYSTEMS_MANAGE)) {
            if (!view.deleted()) {
                actions.addAll(
                        List.of(
                                "update",
                                view.suspended() ? "reactivate" : "suspend",
                                "regenerate-secret"));
                if (view.registered()) {
                    actions.add("reissue");
                }
                actions.addAll(List.of("reassign", "delete"));
            } else if (!deletedAbove) {
                actions.add("restore");
            }
        }
        if (caller.may(Permission.SYSTEMS_DESTROY)
                && (view.deleted() || deletedAbove)
                && !view.held()) {
            actions.add("destroy");
        }
        if (caller.may(Permission.HOLDS_MANAGE)) {
            actions.add("hold");
        }
        if (caller.may(Permission.BACKUPS_READ)) {
            actions.add("list-backups");
        }
        return List.copyOf(actions);
    }
}
