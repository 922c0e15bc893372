package coffer.fleet.organizations;

import coffer.organization.OrganizationRow;

/**
 * An organization with what stands above it.
 *
 * @param suspendedAbove one above is suspended
 * @param deletedAbove one above is deleted
 * @param erasing it is being erased by law
 * @param held a legal hold is on it or on one above
 */
record ListedOrganization(
        OrganizationRow row,
        boolean suspendedAbove,
        boolean deletedAbove,
        boolean erasing,
        boolean held) {

    String status() {
        if (row.deleted() || deletedAbove) {
            return "deleted";
        }
        return row.suspended() || suspendedAbove ? "suspended" : "active";
    }
}
