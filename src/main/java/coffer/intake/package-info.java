/**
 * <b>Mission</b>: bytes that an appliance sends become a backup, or leave no trace but an audit
 * entry; and a slow, lying or hostile sender costs nobody else anything.
 *
 * <p><b>Face</b>: {@link coffer.intake.BackupIntake} admits a {@link coffer.intake.Declared} backup
 * and receives its body. {@link coffer.intake.Uploads} is that for HTTP, and {@link
 * coffer.intake.IntakeFilter} and {@link coffer.intake.IntakeResource} the entrance of section 2.
 * Job: {@code pending-sweep}.
 *
 * <p><b>Promises</b>: row first, bytes second, seal last (docs/life-of/an-upload.md); one storage
 * call an upload; no transaction is open while bytes move; memory and spool are bounded by what
 * clients declared.
 *
 * <p><b>Not here</b>: the transactions themselves and the catalogue (backup), room (quota,
 * retention), who calls (access).
 */
@NullMarked
package coffer.intake;

import org.jspecify.annotations.NullMarked;
