package coffer.erasure;

import com.fasterxml.jackson.databind.JsonNode;

import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What lies in the versioned destination, put there and looked for from outside. */
final class Vault {

    private Vault() {}

    /** An object that the catalogue does not know. */
    static void stray(PurgeSite purges, S3Client store, String where, UUID system) {
        store.putObject(
                p -> p.bucket(where).key(purges.prefix(system) + UUID.randomUUID()),
                RequestBody.fromString("stray"));
    }

    /** Two versions of one key, a deleted key and an unfinished upload. */
    static void fill(PurgeSite purges, UUID system) {
        var key = purges.prefix(system) + UUID.randomUUID();
        for (var i = 0; i < 2; i++) {
            purges.vault.putObject(
                    p -> p.bucket(purges.bucket).key(key), RequestBody.fromString("v"));
        }
        var deleted = purges.prefix(system) + UUID.randomUUID();
        purges.vault.putObject(
                p -> p.bucket(purges.bucket).key(deleted), RequestBody.fromString("d"));
        purges.vault.deleteObject(d -> d.bucket(purges.bucket).key(deleted));
        purges.vault.createMultipartUpload(
                c -> c.bucket(purges.bucket).key(purges.prefix(system) + UUID.randomUUID()));
    }

    /**
     * Versions, delete markers and unfinished uploads of a system that are left in the
     * purges.vault.
     */
    static List<String> left(PurgeSite purges, UUID system) {
        var left = new ArrayList<String>();
        var versions =
                purges.vault.listObjectVersions(
                        l -> l.bucket(purges.bucket).prefix(purges.prefix(system)));
        versions.versions().forEach(v -> left.add("version " + v.key()));
        versions.deleteMarkers().forEach(m -> left.add("marker " + m.key()));
        purges.vault
                .listMultipartUploads(l -> l.bucket(purges.bucket).prefix(purges.prefix(system)))
                .uploads()
                .forEach(u -> left.add("upload " + u.key()));
        return left;
    }

    /** Whether both destinations have the entry of the erasure log. */
    static boolean logged(PurgeSite purges, JsonNode receipt) {
        var key =
                receipt.path("installation").asText()
                        + "/erasures/"
                        + receipt.path("purge_id").asText();
        var text =
                purges.vault.getObjectAsBytes(g -> g.bucket(purges.bucket).key(key)).asUtf8String();
        return text.contains(receipt.path("subject").path("id").asText())
                && Files.exists(
                        purges.site
                                .instance()
                                .parts()
                                .store()
                                .bucket(purges.site.instance().bucket())
                                .resolve(key));
    }
}
