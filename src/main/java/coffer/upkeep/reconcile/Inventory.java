package coffer.upkeep.reconcile;

/**
 * How far one destination's inventory is, and what it has found.
 *
 * @param after the last key that has been looked at, or empty
 * @param listed every key has been looked at
 */
record Inventory(
        String after,
        boolean listed,
        long objects,
        long copies,
        long knownOrphans,
        long unknownOrphans) {}
