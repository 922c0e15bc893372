package coffer.access;

import coffer.id.Caller;
import coffer.platform.ProblemType;

/** What came of looking at a credential. */
public sealed interface Authentication {

    /** It is right, and everything above it in force. */
    record Granted(Caller.Appliance caller) implements Authentication {}

    /** It is not; {@code why} tells a stranger nothing. */
    record Refused(ProblemType why) implements Authentication {}

    /** Nobody can tell now: the database is away. Never a 401, which makes appliances give up. */
    record Unavailable() implements Authentication {}
}
