/**
 * <b>Mission</b>: batch jobs start when they should, on one node at a time, whichever node lives.
 *
 * <p><b>Face</b>: {@link coffer.job.Jobs}.
 *
 * <p><b>Promises</b>: a scheduled firing is one row, so one node wins it; a job that runs holds a
 * lease that its node renews, so two runs never overlap; a dead node's lease ends and the next
 * firing goes on; old firings and executions are cleared away.
 *
 * <p><b>Not here</b>: what a job does (its steps are in the folder of their noun, its JSL in {@code
 * batch-jobs/}).
 */
@NullMarked
package coffer.job;

import org.jspecify.annotations.NullMarked;
