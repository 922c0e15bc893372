package coffer.upkeep.retention;

import coffer.quota.UsageChange;
import coffer.retention.Candidate;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A system as the audit sees it, without a lock: enough to know whether there is anything to do.
 *
 * @param organizationPath root first, owner last
 * @param booked what its counters say
 * @param state of its backups, as the fleet defines it ({@code coffer.fleet.BackupStates})
 * @param spent the earlier day that the audited day has been charged with
 * @param kept oldest first
 * @param contentKinds of the live ones, oldest first
 * @param openAlerts codes of its alerts that are open
 */
record SystemView(
        UUID id,
        List<UUID> organizationPath,
        UsageChange booked,
        String state,
        Optional<LocalDate> spent,
        List<Candidate> kept,
        List<String> contentKinds,
        Set<String> openAlerts,
        @Nullable Instant lastUploadAt) {

    UUID organizationId() {
        return organizationPath.getLast();
    }

    List<Candidate> live() {
        return kept.stream().filter(one -> one.place() == Candidate.Place.LIVE).toList();
    }

    /** What the counters should say. */
    UsageChange counted() {
        var counted = UsageChange.NONE;
        for (var one : kept) {
            counted = counted.arrived(one.sizeBytes());
            if (one.place() == Candidate.Place.TRASHED) {
                counted = counted.retired(one.sizeBytes());
            }
        }
        return counted;
    }

    /** As the batch desk shows how far a run is. */
    @Override
    public String toString() {
        return id.toString();
    }
}
