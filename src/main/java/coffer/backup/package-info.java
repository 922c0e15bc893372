/**
 * <b>Mission</b>: the catalogue of backups: what is there, how it came in, how it goes, and where
 * its bytes are.
 *
 * <p><b>Face</b>: {@link coffer.backup.Backups} lists and finds, {@link coffer.backup.UploadDesk}
 * has the transactions of an upload, {@link coffer.backup.BackupRemover} moves one to the trash.
 * Job: {@code object-reaper}.
 *
 * <p><b>Promises</b>: each move between states is one conditional update with its audit entry; what
 * a transaction dooms is in the outbox when it commits; a list makes no storage call.
 *
 * <p><b>Not here</b>: an upload's bytes (intake), which backups make room (retention), who may use
 * how much (quota), the store's protocol (storage).
 */
@NullMarked
package coffer.backup;

import org.jspecify.annotations.NullMarked;
