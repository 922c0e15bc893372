/**
 * <b>Mission</b>: the bucket holds what the catalogue says and nothing else, and where it does not,
 * somebody knows.
 *
 * <p><b>Face</b>: the job {@code catalogue-reconcile}.
 *
 * <p><b>Promises</b>: constant memory; only this installation's keys are looked at; an object whose
 * backup the catalogue has never heard of is not removed unless an operator says so, for it may be
 * the catalogue that is old; nothing is removed before its quarantine is over, nor when there is
 * too much of it.
 *
 * <p><b>Not here</b>: whether the bytes are right (scrub), deleting what retention let go (backup).
 */
@NullMarked
package coffer.upkeep.reconcile;

import org.jspecify.annotations.NullMarked;
