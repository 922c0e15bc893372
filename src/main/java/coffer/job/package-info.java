/**
 * <b>Mission</b>: batch jobs start when they should, on one node at a time, and end, whichever node
 * lives.
 *
 * <p><b>Face</b>: {@link coffer.job.Jobs}; {@link coffer.job.Progress} for the steps of jobs.
 *
 * <p><b>Promises</b>: one run per scheduled instant, one running run per job; a dead node's run
 * goes on elsewhere from its last checkpoint; what lost its run commits nothing more; progress is
 * as true as the checkpoint; old runs and executions are cleared away.
 *
 * <p><b>Not here</b>: what a job does (its steps are in the folder of their noun, its JSL in {@code
 * batch-jobs/}).
 */
@NullMarked
package coffer.job;

import org.jspecify.annotations.NullMarked;
