package coffer.retention;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What may be kept of one system.
 *
 * @param maxBackups live backups, at least 1
 * @param maxBytes live bytes, at least 1; the trash has a soft limit of once and a hard limit of
 *     twice as much
 * @param trashPeriod how long, in whole UTC days after the one it was trashed on, a retired backup
 *     stays in the trash if there is room
 * @param deletionPeriod the same for what an appliance itself deleted
 * @param generations which live backups to keep at all, or empty: whatever the caps allow
 */
public record RetentionRules(
        int maxBackups,
        long maxBytes,
        Duration trashPeriod,
        Duration deletionPeriod,
        Optional<Generations> generations) {

    /** What an appliance deleted can be brought back for this long, if there is room. */
    public static final Duration DELETION_PERIOD = Duration.ofDays(30);

    /** Refuses caps that nothing could meet. */
    public RetentionRules {
        Objects.requireNonNull(generations);
        if (maxBackups < 1 || maxBytes < 1) {
            throw new IllegalArgumentException("caps must leave room for one backup");
        }
        if (trashPeriod.isNegative() || deletionPeriod.isNegative()) {
            throw new IllegalArgumentException("a period must not be negative");
        }
    }

    /** Caps alone. */
    public RetentionRules(int maxBackups, long maxBytes, Duration trashPeriod) {
        this(maxBackups, maxBytes, trashPeriod, DELETION_PERIOD, Optional.empty());
    }

    /** Above this much trash, room is made. */
    public long softTrashBytes() {
        return maxBytes;
    }

    /** More trash than this is not taken on. */
    public long hardTrashBytes() {
        return maxBytes > Long.MAX_VALUE / 2 ? Long.MAX_VALUE : 2 * maxBytes;
    }

    /** So many backups may be pinned: the newest and one more always have a place. */
    public int maxPins() {
        return Math.max(0, maxBackups - 2);
    }

    /** So many bytes may be pinned. */
    public long maxPinnedBytes() {
        return maxBytes / 2;
    }
}
