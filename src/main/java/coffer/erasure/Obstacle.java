package coffer.erasure;

import coffer.storage.EraseOutcome;
import coffer.storage.Sweep;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * What keeps an erasure from going on.
 *
 * @param reason for whoever reads it, without personal data
 * @param until when it ends, if that is known
 */
public record Obstacle(String reason, @Nullable Instant until) {

    /** A legal hold is on it, or on something above or below it. */
    public static final Obstacle HELD = new Obstacle("legal hold", null);

    /** The store did not do it. */
    public static Obstacle at(String destination, EraseOutcome.Failed failure) {
        return new Obstacle(destination + ": " + failure.reason(), null);
    }

    /** The bucket holds it. */
    public static Obstacle at(String destination, EraseOutcome.Locked lock) {
        return new Obstacle(destination + ": object lock", lock.until());
    }

    /** Something stayed. */
    public static Obstacle at(String destination, Sweep.Left left) {
        return new Obstacle(destination + ": " + left.reason(), left.until());
    }

    /** The store could not be asked. */
    public static Obstacle at(String destination, Sweep.Unknown unknown) {
        return new Obstacle(destination + ": " + unknown.cause(), null);
    }

    /** A copy names a destination that the configuration does not. */
    public static Obstacle unknownDestination(String destination) {
        return new Obstacle(destination + ": no such destination is configured", null);
    }

    /** Of two, the one that lasts: a lock outlasts a store that is away. */
    public Obstacle or(Obstacle other) {
        return (until == null && other.until != null) || other.reason.endsWith("object lock")
                ? other
                : this;
    }
}
