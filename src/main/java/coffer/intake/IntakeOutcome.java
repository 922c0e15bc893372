package coffer.intake;

import coffer.backup.BackupRow;
import coffer.platform.Problem;

/** How an upload ended. */
public sealed interface IntakeOutcome {

    /** Stored, sealed and listed. */
    record Stored(BackupRow backup) implements IntakeOutcome {}

    /** The newest backup already has these bytes; it is the answer. */
    record AlreadyStored(BackupRow backup) implements IntakeOutcome {}

    /** Not stored; the reservation is given back and what may lie in the store will be erased. */
    record Refused(Problem problem) implements IntakeOutcome {}

    /** The client went away before its last byte: there is nobody to answer. */
    record ClientGone() implements IntakeOutcome {}
}
