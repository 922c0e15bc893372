/**
 * <b>Mission</b>: what is kept is what the catalogue says, night after night: bytes read back,
 * buckets held against rows, policy held against what is there.
 *
 * <p><b>Face</b>: the jobs {@code integrity-scrub} (scrub), {@code catalogue-reconcile} (reconcile)
 * and {@code retention-audit} (retention), a sub-folder each.
 *
 * <p><b>Promises</b>: no transaction is open while bytes move; killed at any instant, a job goes on
 * with nothing done twice that counts and nothing left out.
 *
 * <p><b>Not here</b>: the policy itself (retention), the moves of a backup (backup), how runs are
 * begun (job).
 */
@NullMarked
package coffer.upkeep;

import org.jspecify.annotations.NullMarked;
