/**
 * <b>Mission</b>: an appliance's backup goes in, is listed and comes out again, byte for byte, and
 * whatever breaks on the way leaves no half of it.
 *
 * <p><b>Face</b>: {@link coffer.backup.BackupIntake} takes one in, {@link coffer.backup.Backups}
 * lists and finds, {@link coffer.backup.BackupRemover} moves one to the trash. Jobs: {@code
 * pending-sweep}, {@code object-reaper}.
 *
 * <p><b>Promises</b>: row first, bytes second, seal last (docs/life-of/an-upload.md); one storage
 * call an upload, none a list; no transaction is open while bytes move.
 *
 * <p><b>Not here</b>: which backups make room (retention), who may use how much (quota), the
 * store's protocol (storage).
 */
@NullMarked
package coffer.backup;

import org.jspecify.annotations.NullMarked;
