package coffer.intake;

import coffer.platform.Problem;

/** Whether an upload may begin; decided before a byte of it is read. */
public sealed interface Admission {

    /** It may; the row and the room are made. */
    record Granted(Pending pending) implements Admission {}

    /** It may not, and nothing was changed. */
    record Refused(Problem problem) implements Admission {}
}
