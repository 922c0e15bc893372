package coffer.fleet.organizations;

import coffer.organization.OrganizationPolicy;
import coffer.organization.OrganizationRow;

import java.util.List;

/** Whether downloads are kept to admin and support. */
public final class Downloads {

    private Downloads() {}

    /** By the nearest organization that says anything; nobody: all may who may read. */
    public static boolean restricted(List<OrganizationRow> along) {
        return along.reversed().stream()
                .map(row -> row.policy().downloads())
                .filter(word -> !word.equals(OrganizationPolicy.INHERIT))
                .findFirst()
                .filter("restricted"::equals)
                .isPresent();
    }
}
