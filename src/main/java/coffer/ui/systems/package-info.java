/**
 * <b>Mission</b>: the pages about systems: the list, one system with its backups, inventory and
 * history, and what people do to it.
 *
 * <p><b>Face</b>: none; the beans are for the views alone.
 *
 * <p><b>Promises</b>: as {@link coffer.ui}; a secret is in the one answer that tells it, never in
 * an address.
 *
 * <p><b>Not here</b>: any rule (fleet, retention, erasure).
 */
@NullMarked
package coffer.ui.systems;

import org.jspecify.annotations.NullMarked;
