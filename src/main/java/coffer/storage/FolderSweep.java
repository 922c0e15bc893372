package coffer.storage;

import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

import java.util.ArrayList;
import java.util.List;

/**
 * Looks for all versions, delete markers and unfinished uploads below a prefix, and erases them a
 * page at a time: its memory does not grow with their number.
 */
final class FolderSweep {

    /** Erases versions; the outcomes of those that did not go. */
    interface Deletion {
        List<EraseOutcome> of(List<ObjectIdentifier> identifiers);
    }

    private final S3Client client;
    private final String bucket;
    private final Versions versions;
    private final Deletion deletion;
    private final List<EraseOutcome> failures = new ArrayList<>();
    private int found;
    private int markers;
    private int uploads;

    FolderSweep(S3Client client, String bucket, Versions versions, Deletion deletion) {
        this.client = client;
        this.bucket = bucket;
        this.versions = versions;
        this.deletion = deletion;
    }

    Sweep run(String prefix) {
        var kept = versions.kept();
        versions.each(
                prefix,
                page -> {
                    found += (int) page.stream().filter(one -> !one.marker()).count();
                    markers += (int) page.stream().filter(Versions.Version::marker).count();
                    failures.addAll(
                            deletion.of(page.stream().map(one -> identifier(one, kept)).toList()));
                });
        for (var upload : versions.uploadsBelow(prefix)) {
            uploads++;
            client.abortMultipartUpload(
                    a -> a.bucket(bucket).key(upload.key()).uploadId(upload.uploadId()));
        }
        return verdict();
    }

    private static ObjectIdentifier identifier(Versions.Version version, boolean kept) {
        return kept ? version.identifier() : ObjectIdentifier.builder().key(version.key()).build();
    }

    private Sweep verdict() {
        if (failures.isEmpty()) {
            return found + markers + uploads == 0
                    ? new Sweep.Clean()
                    : new Sweep.Swept(found, markers, uploads);
        }
        // A lock outlasts any other failure, so it is the reason to give.
        for (var failure : failures) {
            if (failure instanceof EraseOutcome.Locked(var until)) {
                return new Sweep.Left("object lock", until);
            }
        }
        return failures.getFirst() instanceof EraseOutcome.Failed(var reason, var _)
                ? new Sweep.Left(reason, null)
                : new Sweep.Left("not erased", null);
    }
}
