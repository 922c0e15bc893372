package coffer.upkeep.reconcile;

/**
 * How far one destination's inventory is.
 *
 * @param after the last key that has been looked at, or empty
 * @param listed every key has been looked at
 * @param objects how many of them there were
 * @param copies rows that name this destination
 */
record Inventory(String after, boolean listed, long objects, long copies) {}
