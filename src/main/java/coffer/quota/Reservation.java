package coffer.quota;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Room for one upload.
 *
 * @param sizeBytes what the client declared
 * @param claims backups that retention will push out when it lands; their bytes pay for part of it
 * @param claimedBytes the sum of their sizes
 */
public record Reservation(
        UUID backupId,
        UUID systemId,
        String destination,
        String address,
        long sizeBytes,
        List<UUID> claims,
        long claimedBytes,
        String node,
        Duration lease) {

    /** Copies the claims. */
    public Reservation {
        claims = List.copyOf(claims);
    }

    /** What the caps are charged: never negative, so that giving it back never takes. */
    public long chargedBytes() {
        return Math.max(0, sizeBytes - claimedBytes);
    }
}
