/**
 * <b>Mission</b>: nothing is called verified that was not read back and hashed (invariant 9).
 *
 * <p><b>Face</b>: the job {@code integrity-scrub}.
 *
 * <p><b>Promises</b>: longest not looked at comes first, so every copy has its turn; a day's budget
 * of bytes is kept across restarts; a copy is called corrupt only after a second reading.
 *
 * <p><b>Not here</b>: objects that no row knows (reconcile), repairing a copy from another one.
 */
@NullMarked
package coffer.upkeep.scrub;

import org.jspecify.annotations.NullMarked;
