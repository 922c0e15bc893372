package coffer.storage;

import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

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
    private final Consumer<List<Sweep.Thing>> before;
    private final Deletion deletion;
    private final List<EraseOutcome> failures = new ArrayList<>();
    private int found;

    FolderSweep(
            S3Client client,
            String bucket,
            Versions versions,
            Consumer<List<Sweep.Thing>> before,
            Deletion deletion) {
        this.client = client;
        this.bucket = bucket;
        this.versions = versions;
        this.before = before;
        this.deletion = deletion;
    }

    Sweep run(String prefix) {
        var kept = versions.kept();
        versions.each(
                prefix,
                page -> {
                    tell(page.stream().map(FolderSweep::thing).toList());
                    failures.addAll(
                            deletion.of(page.stream().map(one -> identifier(one, kept)).toList()));
                });
        var uploads = versions.uploadsBelow(prefix);
        tell(
                uploads.stream()
                        .map(one ->
                                new Sweep.Thing(
                                        Sweep.Kind.MULTIPART_UPLOAD, one.key(), one.uploadId()))
                        .toList());
        for (var upload : uploads) {
            client.abortMultipartUpload(
                    a -> a.bucket(bucket).key(upload.key()).uploadId(upload.uploadId()));
        }
        return verdict();
    }

    private void tell(List<Sweep.Thing> things) {
        found += things.size();
        if (!things.isEmpty()) {
            before.accept(things);
        }
    }

    private static Sweep.Thing thing(Versions.Version version) {
        return new Sweep.Thing(
                version.marker() ? Sweep.Kind.DELETE_MARKER : Sweep.Kind.VERSION,
                version.key(),
                version.id());
    }

    private static ObjectIdentifier identifier(Versions.Version version, boolean kept) {
        return kept ? version.identifier() : ObjectIdentifier.builder().key(version.key()).build();
    }

    private Sweep verdict() {
        if (failures.isEmpty()) {
            return found == 0 ? new Sweep.Clean() : new Sweep.Swept(found);
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
