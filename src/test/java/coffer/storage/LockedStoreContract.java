package coffer.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What a bucket with object lock must do besides. */
public abstract class LockedStoreContract extends VersionedStoreContract {

    /** Whoever owns the bucket and may lock objects in it. */
    protected abstract S3Client owner();

    @Test
    void what_is_locked_until_a_day_stays_and_says_until_when() {
        var address = address();
        var until = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        var version = version(writer().put(address, payload(bytes(100)), metadata()));
        owner().putObjectRetention(r ->
                r.bucket(store().bucket())
                        .key(address.text())
                        .versionId(version)
                        .retention(x ->
                                x.mode(ObjectLockRetentionMode.GOVERNANCE).retainUntilDate(until)));

        var outcomes = eraser().erase(List.of(address));

        assertThat(outcomes).containsEntry(address, new EraseOutcome.Locked(until));
        assertThat(eraser().nothingLeft(address)).isEqualTo(new Remains.Some(1, 0, 0));
    }

    @Test
    void what_is_under_a_legal_hold_stays_until_the_hold_is_lifted() {
        var address = address();
        var version = version(writer().put(address, payload(bytes(100)), metadata()));
        hold(address, version, ObjectLockLegalHoldStatus.ON);
        assertThat(eraser().erase(List.of(address)))
                .containsEntry(address, new EraseOutcome.Locked(null));

        hold(address, version, ObjectLockLegalHoldStatus.OFF);

        assertThat(eraser().erase(List.of(address)))
                .containsEntry(address, new EraseOutcome.Erased());
    }

    @Test
    void a_locked_neighbour_does_not_keep_the_others() {
        var locked = address();
        var free =
                new Address(locked.installation(), locked.systemId(), java.util.UUID.randomUUID());
        hold(
                locked,
                version(writer().put(locked, payload(bytes(10)), metadata())),
                ObjectLockLegalHoldStatus.ON);
        assertThat(writer().put(free, payload(bytes(10)), metadata()))
                .isInstanceOf(PutOutcome.Stored.class);

        var outcomes = eraser().erase(List.of(locked, free));

        assertThat(outcomes)
                .containsEntry(locked, new EraseOutcome.Locked(null))
                .containsEntry(free, new EraseOutcome.Erased());
    }

    private void hold(Address address, String version, ObjectLockLegalHoldStatus status) {
        owner().putObjectLegalHold(h ->
                h.bucket(store().bucket())
                        .key(address.text())
                        .versionId(version)
                        .legalHold(x -> x.status(status)));
    }

    private static String version(PutOutcome outcome) {
        assertThat(outcome).isInstanceOf(PutOutcome.Stored.class);
        return ((PutOutcome.Stored) outcome).versionId();
    }
}
