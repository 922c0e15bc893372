package coffer.quota;

/**
 * What an organization uses.
 *
 * @param own of the systems it owns itself
 * @param subtree of its own and those of all below it
 */
public record OrganizationUsage(Part own, Part subtree) {

    /**
     * Sums over systems.
     *
     * @param liveBytes listed backups
     * @param reservedBytes uploads under way
     * @param trashBytes in the trash, which no quota counts
     * @param systems that are not deleted
     * @param backups listed ones
     */
    public record Part(
            long liveBytes, long reservedBytes, long trashBytes, long systems, long backups) {}
}
