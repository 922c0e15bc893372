package coffer.retention;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * One backup of one system as retention sees it. Backups that are doomed or erased are no
 * candidates any more, and one under way is none yet.
 *
 * @param id the backup
 * @param seq its place in the system's order: the highest is the newest
 * @param uploadedAt when it was sealed; its UTC day is the day it stands for
 * @param sizeBytes what the caps count, once, however many copies there are
 * @param place live or in the trash
 * @param pinned kept by an administrator's hand
 * @param held kept by a legal hold; such a backup does not count against the caps
 * @param healthy at least one copy is stored or verified
 * @param trashedAt when it went to the trash, null while live
 * @param claimed live, but already promised to another upload under way: it is going to be trashed
 *     whatever happens, so it fills no cap, and no verdict is passed on it twice
 * @param trashedBy who put it into the trash, null while live
 */
public record Candidate(
        UUID id,
        long seq,
        Instant uploadedAt,
        long sizeBytes,
        Place place,
        boolean pinned,
        boolean held,
        boolean healthy,
        @Nullable Instant trashedAt,
        boolean claimed,
        @Nullable Trasher trashedBy) {

    /** Where a kept backup is. */
    public enum Place {
        /** Listed, downloadable, counted against the caps. */
        LIVE,
        /** Hidden from the appliance; an administrator can bring it back. */
        TRASHED
    }

    /** Who put a backup into the trash; it decides for how long. */
    public enum Trasher {
        /** The caps, for {@link RetentionRules#trashPeriod()}. */
        RETENTION,
        /** The appliance's own request, for {@link RetentionRules#deletionPeriod()}. */
        APPLIANCE,
        /** An administrator, for {@link RetentionRules#trashPeriod()}. */
        PERSON
    }

    /** Refuses contradictions. */
    public Candidate {
        Objects.requireNonNull(id);
        Objects.requireNonNull(uploadedAt);
        if (sizeBytes < 0) {
            throw new IllegalArgumentException("a size must not be negative");
        }
        if ((place == Place.TRASHED) != (trashedAt != null)) {
            throw new IllegalArgumentException("what is trashed, and nothing else, says when");
        }
        if (place == Place.TRASHED && claimed) {
            throw new IllegalArgumentException("only a live backup can be claimed");
        }
    }

    /** The same, trashed by retention if it is trashed. */
    public Candidate(
            UUID id,
            long seq,
            Instant uploadedAt,
            long sizeBytes,
            Place place,
            boolean pinned,
            boolean held,
            boolean healthy,
            @Nullable Instant trashedAt,
            boolean claimed) {
        this(
                id,
                seq,
                uploadedAt,
                sizeBytes,
                place,
                pinned,
                held,
                healthy,
                trashedAt,
                claimed,
                place == Place.TRASHED ? Trasher.RETENTION : null);
    }

    /** The same as the upload that claimed it sees it at its own seal: to be ruled anew. */
    public Candidate unclaimed() {
        return new Candidate(
                id,
                seq,
                uploadedAt,
                sizeBytes,
                place,
                pinned,
                held,
                healthy,
                trashedAt,
                false,
                trashedBy);
    }

    /** Pins and holds stand above every rule here, and a claim has already been decided. */
    boolean movable() {
        return !pinned && !held && !claimed;
    }

    boolean live() {
        return place == Place.LIVE;
    }
}
