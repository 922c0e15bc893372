package coffer.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.Wait;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import software.amazon.awssdk.core.sync.RequestBody;

import java.time.Duration;
import java.util.UUID;

/** Reconciliation of a bucket that keeps versions. */
class SpareVersionsIT {

    private static PurgeSite purges;

    @BeforeAll
    static void open() {
        purges = PurgeSite.shared();
    }

    /** The copy is the second of three versions, and a delete marker hides them all. */
    @Test
    void versions_and_markers_that_no_copy_is_go_by_their_version_ids_and_the_copy_stays() {
        var system = purges.systemWithBackups(1);
        var address =
                purges.text(
                        "select address from backup_copy c join backup b on b.id = c.backup_id where"
                                + " b.subject_id = '"
                                + system.id()
                                + "'");
        put(address, "older");
        var own = put(address, "the copy");
        put(address, "newer");
        purges.vault.deleteObject(d -> d.bucket(purges.bucket).key(address));
        var unknown = purges.prefix(system.id()) + UUID.randomUUID();
        put(unknown, "of nobody");
        purges.site.sql(
                """
                insert into backup_copy (id, backup_id, destination, address, version_id, sha256, size_bytes, health, created_at)
                select gen_random_uuid(), backup_id, 'vault', address, '%s', sha256(convert_to('the copy', 'UTF8')), 8,
                       'stored', created_at
                  from backup_copy where address = '%s'
                """
                        .formatted(own, address));

        reconcile();
        var quarantined =
                purges.site.number("select count(*) from orphan where address = '" + address + "'");
        var kept = versions(address);
        purges.site.advance(Duration.ofDays(8));
        reconcile();

        assertThat(quarantined).isEqualTo(3);
        assertThat(kept).isEqualTo(4);
        assertThat(versions(address)).isEqualTo(1);
        assertThat(
                        purges.vault
                                .getObjectAsBytes(g -> g.bucket(purges.bucket).key(address))
                                .asUtf8String())
                .isEqualTo("the copy");
        assertThat(versions(unknown)).as("came in no life of this catalogue").isEqualTo(1);
        assertThat(
                        purges.text(
                                "select health from backup_copy where destination = 'vault' and"
                                        + " address = '"
                                        + address
                                        + "'"))
                .isIn("stored", "verified");
        assertThat(
                        purges.site.number(
                                "select count(*) from audit_entry e join audit_detail d on d.entry_id"
                                        + " = e.id where e.action = 'orphans.removed' and"
                                        + " cast(d.detail as text) like '%"
                                        + address
                                        + "?versionId=%'"))
                .isEqualTo(1);
        purges.vault.deleteObject(d -> d.bucket(purges.bucket).key(address).versionId(own));
        purges.site.sql("delete from backup_copy where destination = 'vault'");
    }

    private static String put(String key, String text) {
        return purges.vault
                .putObject(p -> p.bucket(purges.bucket).key(key), RequestBody.fromString(text))
                .versionId();
    }

    private static long versions(String key) {
        var answer = purges.vault.listObjectVersions(l -> l.bucket(purges.bucket).prefix(key));
        return answer.versions().size() + answer.deleteMarkers().size();
    }

    private static void reconcile() {
        var before = ended();
        purges.run("catalogue-reconcile");
        Wait.until("the inventory has ended", PurgeSite.PATIENCE, () -> ended() > before);
    }

    private static long ended() {
        return purges.site.number(
                "select count(*) from job_run where job = 'catalogue-reconcile' and state ="
                        + " 'completed'");
    }
}
