package coffer.storage;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Erases objects for good, with all their versions, and can show that nothing is left. Its key need
 * not read or write content. It touches no address of another installation, so a bucket may be
 * shared. Thread-safe.
 */
public final class ObjectEraser {

    /** S3's limit for one DeleteObjects. */
    public static final int BATCH = 1000;

    static final Set<String> GONE = Set.of("NoSuchKey", "NoSuchVersion");

    private final Destination destination;
    private final S3Client client;
    private final Versions versions;
    private final Supplier<String> installation;
    private final Locks locks;
    private final BatchDelete batches;

    ObjectEraser(Destination destination, S3Client client, Supplier<String> installation) {
        this.destination = destination;
        this.client = client;
        this.versions = new Versions(client, destination.store().bucket());
        this.installation = installation;
        this.locks = new Locks(destination, client);
        this.batches = new BatchDelete(destination, client);
    }

    /**
     * Erases what lies at these addresses: one request per 1,000 in a bucket without versions (one
     * per address where the store lacks DeleteObjects); in a bucket with versions also a listing
     * before and after, per address or per system. Each address has an outcome; one that fails does
     * not keep others.
     */
    public Map<Address, EraseOutcome> erase(Collection<Address> addresses) {
        var outcomes = new LinkedHashMap<Address, EraseOutcome>();
        var own = new LinkedHashSet<Address>();
        var home = installation.get();
        for (var address : addresses) {
            if (address.installation().equals(home)) {
                own.add(address);
            } else {
                outcomes.put(
                        address, new EraseOutcome.Failed("address of another installation", false));
            }
        }
        try {
            if (!own.isEmpty()) {
                outcomes.putAll(versions.kept() ? eraseVersions(own) : eraseKeys(own));
            }
        } catch (SdkException thrown) {
            var failed = failed(thrown);
            own.forEach(address -> outcomes.putIfAbsent(address, failed));
        }
        return outcomes;
    }

    /** Looks for versions, delete markers and unfinished multipart uploads. */
    public Remains nothingLeft(Address address) {
        requireOwn(address);
        try {
            var found =
                    versions.orObjects(address.text()).stream()
                            .filter(v -> v.key().equals(address.text()))
                            .toList();
            var markers = (int) found.stream().filter(Versions.Version::marker).count();
            var uploads = versions.uploads(address).size();
            destination.saw(Destination.State.UP, "");
            return found.isEmpty() && uploads == 0
                    ? new Remains.Nothing()
                    : new Remains.Some(found.size() - markers, markers, uploads);
        } catch (SdkException thrown) {
            var cause = failed(thrown).reason();
            return Fault.of(thrown) instanceof Fault.Away away
                    ? new Remains.Unknown(away.retryAfter(), cause)
                    : new Remains.Unknown(Fault.COME_BACK, cause);
        }
    }

    /**
     * Erases whatever lies in a system's folder, known to the catalogue or not: every version,
     * delete marker and unfinished upload. {@link Sweep.Clean} is the proof that a purge needs.
     *
     * @param before is told a page of what is there before any of it is erased
     */
    public Sweep sweep(UUID systemId, Consumer<List<Sweep.Thing>> before) {
        var folder = new Address(installation.get(), systemId, systemId).systemPrefix();
        try {
            var swept =
                    new FolderSweep(
                                    client,
                                    bucket(),
                                    versions,
                                    before,
                                    identifiers -> List.copyOf(delete(identifiers).values()))
                            .run(folder);
            destination.saw(Destination.State.UP, "");
            return swept;
        } catch (SdkException thrown) {
            return new Sweep.Unknown(failed(thrown).reason());
        }
    }

    /** Ends unfinished multipart uploads at this address; other tools may have made some. */
    public EraseOutcome abortUploads(Address address) {
        requireOwn(address);
        try {
            var uploads = versions.uploads(address);
            for (var upload : uploads) {
                client.abortMultipartUpload(
                        a -> a.bucket(bucket()).key(address.text()).uploadId(upload));
            }
            return uploads.isEmpty() ? new EraseOutcome.Absent() : new EraseOutcome.Erased();
        } catch (SdkException thrown) {
            return failed(thrown);
        }
    }

    /**
     * Ends all unfinished multipart uploads of this installation that began before {@code before}.
     *
     * @return how many; empty when the store could not be asked
     */
    public OptionalInt abortUploadsBefore(Instant before) {
        try {
            var uploads = versions.uploadsBefore(Address.prefix(installation.get()), before);
            for (var upload : uploads) {
                client.abortMultipartUpload(
                        a -> a.bucket(bucket()).key(upload.key()).uploadId(upload.id()));
            }
            return OptionalInt.of(uploads.size());
        } catch (SdkException thrown) {
            var _ = failed(thrown);
            return OptionalInt.empty();
        }
    }

    /**
     * The bucket version by version; empty where it keeps none, so that an ordinary listing tells
     * all there is.
     *
     * @throws IllegalStateException when the store does not say
     */
    public Optional<VersionInventory> versions() {
        try {
            return versions.kept()
                    ? Optional.of(
                            new VersionInventory(
                                    destination, client, installation.get(), batches, locks))
                    : Optional.empty();
        } catch (SdkException thrown) {
            throw new IllegalStateException(
                    "the store does not say: " + failed(thrown).reason(), thrown);
        }
    }

    S3Client client() {
        return client;
    }

    private void requireOwn(Address address) {
        if (!address.installation().equals(installation.get())) {
            throw new IllegalArgumentException("address of another installation: " + address);
        }
    }

    private Map<Address, EraseOutcome> eraseKeys(Set<Address> addresses) {
        var identifiers =
                addresses.stream()
                        .map(a -> ObjectIdentifier.builder().key(a.text()).build())
                        .toList();
        var errors = delete(identifiers);
        var outcomes = new HashMap<Address, EraseOutcome>();
        for (var address : addresses) {
            var error = errors.get(address.text());
            outcomes.put(address, error == null ? new EraseOutcome.Erased() : error);
        }
        return outcomes;
    }

    private Map<Address, EraseOutcome> eraseVersions(Set<Address> addresses) {
        var found = versions.of(addresses);
        var errors =
                delete(
                        found.values().stream()
                                .flatMap(List::stream)
                                .map(Versions.Version::identifier)
                                .toList());
        var left = found.isEmpty() ? found : versions.of(addresses);
        var outcomes = new HashMap<Address, EraseOutcome>();
        for (var address : addresses) {
            var key = address.text();
            var still =
                    left.containsKey(key)
                            ? new EraseOutcome.Failed("versions are left", true)
                            : null;
            outcomes.put(
                    address,
                    errors.getOrDefault(
                            key,
                            still != null
                                    ? still
                                    : found.containsKey(key)
                                            ? new EraseOutcome.Erased()
                                            : new EraseOutcome.Absent()));
        }
        return outcomes;
    }

    /** The worst outcome by key, of those that did not go well. */
    private Map<String, EraseOutcome> delete(List<ObjectIdentifier> identifiers) {
        var errors = new HashMap<String, EraseOutcome>();
        for (var from = 0; from < identifiers.size(); from += BATCH) {
            var batch = identifiers.subList(from, Math.min(from + BATCH, identifiers.size()));
            try {
                for (var error : batches.delete(batch)) {
                    if (!GONE.contains(error.code())) {
                        errors.put(error.key(), locks.why(error));
                    }
                }
            } catch (SdkException thrown) {
                var failed = failed(thrown);
                batch.forEach(one -> errors.put(one.key(), failed));
            }
        }
        return errors;
    }

    private EraseOutcome.Failed failed(SdkException thrown) {
        var fault = Fault.of(thrown);
        destination.saw(fault);
        return switch (fault) {
            case Fault.Away away -> new EraseOutcome.Failed(away.cause(), true);
            case Fault.Refused refused -> new EraseOutcome.Failed(refused.cause(), false);
            case Fault.Absent absent -> new EraseOutcome.Failed("404 for the bucket", false);
        };
    }

    private String bucket() {
        return destination.store().bucket();
    }
}
