package coffer.appliance;

import java.time.Duration;
import java.time.Instant;

/** What came of a registration. */
sealed interface RegistrationOutcome {

    record Registered(String systemKey, Instant registeredAt) implements RegistrationOutcome {}

    record Malformed() implements RegistrationOutcome {}

    record Throttled(Duration retryAfter) implements RegistrationOutcome {}

    /** Nobody's secret, or one that has ended: no more is told to who does not prove it. */
    record Unproven() implements RegistrationOutcome {}

    record Deleted() implements RegistrationOutcome {}

    record RegisteredBefore() implements RegistrationOutcome {}
}
