package coffer.fleet.organizations;

import coffer.id.Caller;
import coffer.id.Permission;
import coffer.id.Visibility;

import java.util.ArrayList;
import java.util.List;

/** What a caller may do to an organization, as {@code actions[]}: pages show no other button. */
final class OrganizationActions {

    private OrganizationActions() {}

    static List<String> of(Caller.Person caller, ListedOrganization one) {
        var row = one.row();
        var actions = new ArrayList<String>();
        var below = Visibility.of(caller).isBelow(row.path());
        if (caller.may(Permission.ORGANIZATIONS_MANAGE)) {
            if (!one.status().equals("deleted")) {
                actions.add("rename");
                actions.add("set-policy");
                if (!row.kind().equals("customer")) {
                    actions.add("create-below");
                }
            }
            if (below) {
                standing(one, actions);
            }
        }
        if (caller.may(Permission.ORGANIZATIONS_DESTROY) && below && mayGo(one)) {
            actions.add("destroy");
        }
        if (caller.may(Permission.HOLDS_MANAGE)) {
            actions.add("hold");
        }
        return List.copyOf(actions);
    }

    private static boolean mayGo(ListedOrganization one) {
        return one.status().equals("deleted") && !one.erasing() && !one.held();
    }

    private static void standing(ListedOrganization one, List<String> actions) {
        var row = one.row();
        if (row.deleted()) {
            if (!one.deletedAbove() && !one.erasing()) {
                actions.add("restore");
            }
            return;
        }
        actions.add(row.suspended() ? "reactivate" : "suspend");
        if (!one.deletedAbove()) {
            actions.add("move");
        }
        actions.add("delete");
    }
}
