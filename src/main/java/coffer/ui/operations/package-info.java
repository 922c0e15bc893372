/**
 * <b>Mission</b>: the pages of whoever looks after the service: jobs and their runs, erasures with
 * their receipts, alerts, storage, what is installed; and the search that leads anywhere.
 *
 * <p><b>Face</b>: none; the beans are for the views alone.
 *
 * <p><b>Promises</b>: as {@link coffer.ui}; what a run does is looked at again without a reload,
 * and no secret of the configuration is shown.
 *
 * <p><b>Not here</b>: any rule (job, erasure, alert, storage).
 */
@NullMarked
package coffer.ui.operations;

import org.jspecify.annotations.NullMarked;
