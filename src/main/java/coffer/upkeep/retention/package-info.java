/**
 * <b>Mission</b>: every night each system is held against its policy, and who should know does.
 *
 * <p><b>Face</b>: the job {@code retention-audit}; {@link
 * coffer.upkeep.retention.RetentionReports}, what it has found and what a policy would do.
 *
 * <p><b>Promises</b>: what goes for good goes by the one-day rule, under the lock of the system's
 * account; a preview changes nothing; counters are repaired exactly; a chunk that is done again
 * changes nothing.
 *
 * <p><b>Not here</b>: the policy (retention), the moves (backup), the counters (quota).
 */
@NullMarked
package coffer.upkeep.retention;

import org.jspecify.annotations.NullMarked;
