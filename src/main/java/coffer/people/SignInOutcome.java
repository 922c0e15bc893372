package coffer.people;

import java.time.Duration;

/** What came of a sign-in or a refresh. */
sealed interface SignInOutcome {

    /** In. */
    record Granted(AccountRow account, Sessions.Tokens tokens) implements SignInOutcome {}

    /** Not in, and nobody is told why. */
    record Refused() implements SignInOutcome {}

    /** Too many failures under this name, or attempts from this address. */
    record Throttled(Duration pause) implements SignInOutcome {}
}
