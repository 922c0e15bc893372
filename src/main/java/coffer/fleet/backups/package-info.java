/**
 * <b>Mission</b>: backups seen and managed from above: listed with what is left of the limits,
 * downloaded from the store itself, put into the trash and brought back, pinned.
 *
 * <p><b>Face</b>: {@link coffer.fleet.backups.SystemBackups}.
 *
 * <p><b>Promises</b>: a download address is signed by the reader's key alone, lives minutes, and is
 * in the audit trail; its bytes are saved by a browser, never shown.
 *
 * <p><b>Not here</b>: the moves themselves (backup), what an appliance sees of its own.
 */
@NullMarked
package coffer.fleet.backups;

import org.jspecify.annotations.NullMarked;
