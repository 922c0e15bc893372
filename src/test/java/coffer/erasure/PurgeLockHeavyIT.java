package coffer.erasure;

import static coffer.erasure.PurgeSite.PATIENCE;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.Wait;
import coffer.storage.CephServer;
import coffer.storage.TestStore;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;

/** Ceph with versions and object lock, three keys held apart by the documented policy. */
class PurgeLockHeavyIT {

    private static final int LOCKED_SECONDS = 40;

    private static PurgeSite purges;

    @BeforeAll
    static void open() throws Exception {
        var ceph = new CephServer();
        purges =
                PurgeSite.open(
                        "purge-lock",
                        ceph.bucket("locked", true, true),
                        ceph.admin(),
                        ceph,
                        Map.of("coffer.installation.id", TestStore.INSTALLATION));
    }

    @AfterAll
    static void close() {
        purges.close();
    }

    @Test
    void what_a_lock_holds_is_pending_with_its_date_and_gone_after_it() {
        var system = purges.systemWithBackups(2);
        Vault.fill(purges, system.id());
        var key = purges.prefix(system.id()) + UUID.randomUUID();
        var version =
                purges.vault
                        .putObject(
                                p -> p.bucket(purges.bucket).key(key),
                                RequestBody.fromString("locked"))
                        .versionId();
        var until = Instant.now().plusSeconds(LOCKED_SECONDS).truncatedTo(ChronoUnit.SECONDS);
        purges.vault.putObjectRetention(r ->
                r.bucket(purges.bucket)
                        .key(key)
                        .versionId(version)
                        .retention(x ->
                                x.mode(ObjectLockRetentionMode.COMPLIANCE).retainUntilDate(until)));

        var purge = purges.purge(system);
        purges.awaitReason(purge, "vault: object lock");
        var pending = purges.get(purge);

        assertThat(pending.path("state").asText()).isEqualTo("pending");
        assertThat(Instant.parse(pending.path("blocked_until").asText())).isEqualTo(until);
        Wait.until(
                "the lock has ended",
                PATIENCE.plusSeconds(LOCKED_SECONDS),
                () -> Instant.now().isAfter(until.plusSeconds(1)));
        var receipt = purges.receipt(purge);
        assertThat(receipt.path("erased").path("found.versions").asLong()).isEqualTo(4);
        assertThat(receipt.path("erased").path("found.delete_markers").asLong()).isEqualTo(1);
        assertThat(receipt.path("erased").path("found.multipart_uploads").asLong()).isEqualTo(1);
        assertThat(Vault.left(purges, system.id())).isEmpty();
    }
}
