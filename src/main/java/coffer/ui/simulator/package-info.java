/**
 * <b>Mission</b>: shows beforehand what a rule of retention will do: to a system's backups, or to
 * imagined ones.
 *
 * <p><b>Face</b>: none; the bean is for its view alone.
 *
 * <p><b>Promises</b>: every answer is {@link coffer.retention.RetentionPolicy}'s own, day by day
 * ({@link coffer.retention.Playback}); nothing is changed but by the button that applies a policy,
 * through the same face as the API.
 *
 * <p><b>Not here</b>: any rule.
 */
@NullMarked
package coffer.ui.simulator;

import org.jspecify.annotations.NullMarked;
