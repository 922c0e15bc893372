/**
 * <b>Mission</b>: the fleet as people run it: systems and their backups seen and managed from
 * above. Organizations are in the sub-folder {@code organizations}, backups in {@code backups}.
 *
 * <p><b>Face</b>: {@link coffer.fleet.Systems}, {@link coffer.fleet.Holds}, {@link
 * coffer.fleet.StateWatch}.
 *
 * <p><b>Promises</b>: where a thing stands is decided on its present place in the tree, in the
 * transaction that acts; a list is two queries, whatever its length; nothing here costs more with
 * the number of backups of a system.
 *
 * <p><b>Not here</b>: who the caller is (people), what the deeds do to the things (organization,
 * appliance, quota, backup).
 */
@NullMarked
package coffer.fleet;

import org.jspecify.annotations.NullMarked;
