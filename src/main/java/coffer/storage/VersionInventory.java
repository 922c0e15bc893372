package coffer.storage;

import coffer.storage.ObjectReader.Listed;
import coffer.storage.ObjectReader.Page;

import org.jspecify.annotations.Nullable;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A bucket that keeps versions, version by version: what an ordinary listing hides is told, and one
 * version can be erased while the others stay. Thread-safe.
 */
public final class VersionInventory {

    /** Pages of one key's versions that are read at most; the rest waits for the next inventory. */
    private static final int MOST_PAGES_OF_A_KEY = 20;

    /** One version of one key. */
    public record Version(String key, String versionId) {}

    private final Destination destination;
    private final S3Client client;
    private final String home;
    private final BatchDelete batches;
    private final Locks locks;

    VersionInventory(
            Destination destination,
            S3Client client,
            String home,
            BatchDelete batches,
            Locks locks) {
        this.destination = destination;
        this.client = client;
        this.home = home;
        this.batches = batches;
        this.locks = locks;
    }

    /**
     * Versions and delete markers of this installation's keys after {@code key}, in the order of
     * keys; a key is never parted. {@link Page#next()} is the last key, absent on the last page.
     * Some stores begin with the versions of {@code key} itself, which are left out here.
     */
    public ReadOutcome<Page> after(Optional<String> key) {
        try {
            var from = key.orElse("");
            var answer = ask(key.orElse(null), null);
            var lines = new ArrayList<>(after(from, answer));
            var more = Boolean.TRUE.equals(answer.isTruncated());
            for (var pages = 1; more && keys(lines) <= 1 && pages < MOST_PAGES_OF_A_KEY; pages++) {
                answer = ask(answer.nextKeyMarker(), answer.nextVersionIdMarker());
                lines.addAll(after(from, answer));
                more = Boolean.TRUE.equals(answer.isTruncated());
            }
            if (more && keys(lines) > 1) {
                var last = lines.getLast().key();
                lines.removeIf(line -> line.key().equals(last)); // it may go on
            }
            destination.saw(Destination.State.UP, "");
            if (more && lines.isEmpty()) { // what comes next is not known, and may not be left out
                return new ReadOutcome.Refused<>(
                        "more than " + MOST_PAGES_OF_A_KEY + " pages of versions of " + from);
            }
            return new ReadOutcome.Found<>(
                    new Page(
                            List.copyOf(lines),
                            more ? Optional.of(lines.getLast().key()) : Optional.empty()));
        } catch (SdkException thrown) {
            var fault = Fault.of(thrown);
            destination.saw(fault);
            return switch (fault) {
                case Fault.Absent gone -> new ReadOutcome.Absent<>();
                case Fault.Away away ->
                        new ReadOutcome.Unavailable<>(away.retryAfter(), away.cause());
                case Fault.Refused refused -> new ReadOutcome.Refused<>(refused.cause());
            };
        }
    }

    /** Erases these versions and no other; each has an outcome. */
    public Map<Version, EraseOutcome> erase(Collection<Version> some) {
        var outcomes = new LinkedHashMap<Version, EraseOutcome>();
        var own = some.stream().filter(this::ours).toList();
        some.stream()
                .filter(version -> !ours(version))
                .forEach(version ->
                        outcomes.put(
                                version,
                                new EraseOutcome.Failed("address of another installation", false)));
        for (var from = 0; from < own.size(); from += ObjectEraser.BATCH) {
            erase(own.subList(from, Math.min(from + ObjectEraser.BATCH, own.size())), outcomes);
        }
        return outcomes;
    }

    private void erase(List<Version> batch, Map<Version, EraseOutcome> outcomes) {
        try {
            var errors = new HashMap<Version, EraseOutcome>();
            var identifiers =
                    batch.stream()
                            .map(one ->
                                    ObjectIdentifier.builder()
                                            .key(one.key())
                                            .versionId(one.versionId())
                                            .build())
                            .toList();
            for (var error : batches.delete(identifiers)) {
                if (!ObjectEraser.GONE.contains(error.code())) {
                    errors.put(
                            new Version(error.key(), String.valueOf(error.versionId())),
                            locks.why(error));
                }
            }
            batch.forEach(
                    one -> outcomes.put(one, errors.getOrDefault(one, new EraseOutcome.Erased())));
        } catch (SdkException thrown) {
            var fault = Fault.of(thrown);
            destination.saw(fault);
            var failed =
                    new EraseOutcome.Failed(
                            String.valueOf(thrown.getMessage()), fault instanceof Fault.Away);
            batch.forEach(one -> outcomes.put(one, failed));
        }
    }

    private boolean ours(Version version) {
        return Address.find(version.key())
                .filter(address -> address.installation().equals(home))
                .isPresent();
    }

    private ListObjectVersionsResponse ask(@Nullable String key, @Nullable String version) {
        return client.listObjectVersions(
                ListObjectVersionsRequest.builder()
                        .bucket(destination.store().bucket())
                        .prefix(Address.prefix(home))
                        .keyMarker(key)
                        .versionIdMarker(version)
                        .build());
    }

    private static long keys(List<Listed> lines) {
        return lines.stream().map(Listed::key).distinct().count();
    }

    /** In the order of keys; within one, versions before markers. */
    private static List<Listed> after(String key, ListObjectVersionsResponse answer) {
        return Stream.concat(
                        answer.versions().stream()
                                .map(v ->
                                        new Listed(
                                                v.key(),
                                                v.size(),
                                                v.lastModified(),
                                                v.versionId(),
                                                false)),
                        answer.deleteMarkers().stream()
                                .map(m ->
                                        new Listed(
                                                m.key(), 0, m.lastModified(), m.versionId(), true)))
                .filter(line -> line.key().compareTo(key) > 0)
                .sorted(Comparator.comparing(Listed::key))
                .toList();
    }
}
