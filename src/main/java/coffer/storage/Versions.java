package coffer.storage;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lists what an ordinary listing hides: old versions, delete markers, unfinished uploads. */
final class Versions {

    /** A version or a delete marker of a key. */
    record Version(String key, String id, boolean marker) {

        ObjectIdentifier identifier() {
            return ObjectIdentifier.builder().key(key).versionId(id).build();
        }
    }

    private final S3Client client;
    private final String bucket;

    Versions(S3Client client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    /** All versions by key; addresses of one system share a listing. */
    Map<String, List<Version>> of(Set<Address> addresses) {
        var keys = addresses.stream().map(Address::text).collect(Collectors.toSet());
        var found = new HashMap<String, List<Version>>();
        addresses.stream()
                .collect(Collectors.groupingBy(Address::systemPrefix))
                .forEach((prefix, group) -> {
                    for (var version : list(group.size() == 1 ? group.getFirst().text() : prefix)) {
                        if (keys.contains(version.key())) {
                            found.computeIfAbsent(version.key(), any -> new ArrayList<>())
                                    .add(version);
                        }
                    }
                });
        return found;
    }

    /** Every version and marker below a prefix, a page of the listing at a time. */
    void each(String prefix, Consumer<List<Version>> page) {
        try {
            for (var answer :
                    client.listObjectVersionsPaginator(l -> l.bucket(bucket).prefix(prefix))) {
                give(versions(answer), page);
            }
        } catch (SdkException thrown) {
            if (!(Fault.of(thrown) instanceof Fault.Refused refused && refused.notImplemented())) {
                throw thrown;
            }
            for (var answer : client.listObjectsV2Paginator(l -> l.bucket(bucket).prefix(prefix))) {
                give(
                        answer.contents().stream()
                                .map(object -> new Version(object.key(), "null", false))
                                .toList(),
                        page);
            }
        }
    }

    private static void give(List<Version> found, Consumer<List<Version>> page) {
        if (!found.isEmpty()) {
            page.accept(found);
        }
    }

    private static List<Version> versions(ListObjectVersionsResponse answer) {
        return Stream.concat(
                        answer.versions().stream()
                                .map(v -> new Version(v.key(), v.versionId(), false)),
                        answer.deleteMarkers().stream()
                                .map(m -> new Version(m.key(), m.versionId(), true)))
                .toList();
    }

    /** Unfinished uploads below a prefix. */
    List<MultipartUpload> uploadsBelow(String prefix) {
        try {
            return client
                    .listMultipartUploadsPaginator(l -> l.bucket(bucket).prefix(prefix))
                    .stream()
                    .flatMap(page -> page.uploads().stream())
                    .filter(upload -> upload.key().startsWith(prefix))
                    .toList();
        } catch (SdkException thrown) {
            if (Fault.of(thrown) instanceof Fault.Refused refused && refused.notImplemented()) {
                return List.of(); // what it does not know, it cannot have left behind
            }
            throw thrown;
        }
    }

    private List<Version> list(String prefix) {
        var found = new ArrayList<Version>();
        for (var page : client.listObjectVersionsPaginator(l -> l.bucket(bucket).prefix(prefix))) {
            page.versions().forEach(v -> found.add(new Version(v.key(), v.versionId(), false)));
            page.deleteMarkers().forEach(m -> found.add(new Version(m.key(), m.versionId(), true)));
        }
        return found;
    }

    /** Stores that know no versions may not know how to list them either. */
    List<Version> orObjects(String prefix) {
        try {
            return list(prefix);
        } catch (SdkException thrown) {
            if (Fault.of(thrown) instanceof Fault.Refused refused && refused.notImplemented()) {
                var found = new ArrayList<Version>();
                for (var page :
                        client.listObjectsV2Paginator(l -> l.bucket(bucket).prefix(prefix))) {
                    page.contents()
                            .forEach(object -> found.add(new Version(object.key(), "null", false)));
                }
                return found;
            }
            throw thrown;
        }
    }

    List<String> uploads(Address address) {
        try {
            var found = new ArrayList<String>();
            for (var page :
                    client.listMultipartUploadsPaginator(
                            l -> l.bucket(bucket).prefix(address.text()))) {
                page.uploads().stream()
                        .filter(u -> u.key().equals(address.text()))
                        .forEach(u -> found.add(u.uploadId()));
            }
            return found;
        } catch (SdkException thrown) {
            if (Fault.of(thrown) instanceof Fault.Refused refused && refused.notImplemented()) {
                return List.of(); // what it does not know, it cannot have left behind
            }
            throw thrown;
        }
    }

    /** An unfinished multipart upload. */
    record Upload(String key, String id) {}

    /** Those below {@code prefix} that began before {@code before}. */
    List<Upload> uploadsBefore(String prefix, Instant before) {
        try {
            var found = new ArrayList<Upload>();
            for (var page :
                    client.listMultipartUploadsPaginator(l -> l.bucket(bucket).prefix(prefix))) {
                page.uploads().stream()
                        .filter(u -> u.key().startsWith(prefix))
                        .filter(u -> u.initiated() != null && u.initiated().isBefore(before))
                        .forEach(u -> found.add(new Upload(u.key(), u.uploadId())));
            }
            return found;
        } catch (SdkException thrown) {
            if (Fault.of(thrown) instanceof Fault.Refused refused && refused.notImplemented()) {
                return List.of();
            }
            throw thrown;
        }
    }

    /** Enabled or suspended: a bucket that ever kept versions may still have some. */
    boolean kept() {
        try {
            var status = client.getBucketVersioning(g -> g.bucket(bucket)).status();
            return status == BucketVersioningStatus.ENABLED
                    || status == BucketVersioningStatus.SUSPENDED;
        } catch (SdkException thrown) {
            if (Fault.of(thrown) instanceof Fault.Refused refused && refused.notImplemented()) {
                return false;
            }
            throw thrown;
        }
    }
}
