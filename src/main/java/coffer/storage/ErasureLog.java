package coffer.storage;

import coffer.platform.Installation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What has been erased, kept outside the database so that a restore of it can be followed by the
 * same erasures: one object per erasure in each destination, {@code {installation}/erasures/{id}}.
 * It holds ids only.
 */
@ApplicationScoped
public class ErasureLog {

    /** No entry is larger; ids of a hundred thousand systems fit. */
    private static final int LARGEST = 8 << 20;

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Destinations destinations;
    private final Installation installation;

    @Inject
    ErasureLog(Destinations destinations, Installation installation) {
        this.destinations = destinations;
        this.installation = installation;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected ErasureLog() {
        this(null, null);
    }

    /** Writes an entry, or the same one again. The node needs the role {@code ingest}. */
    public PutOutcome write(String destination, UUID id, byte[] json, Instant at) {
        var payload = Payload.of(json, 0, json.length, sha256(json));
        return destinations
                .writer(destination)
                .note(
                        prefix() + id,
                        payload,
                        new ObjectMetadata("erasure.json", "application/json", at));
    }

    /** The ids of all entries. The node needs the role {@code read}. */
    public ReadOutcome<List<UUID>> ids(String destination) {
        var ids = new ArrayList<UUID>();
        var next = Optional.<String>empty();
        do {
            switch (destinations.reader(destination).list(prefix(), next)) {
                case ReadOutcome.Found<ObjectReader.Page>(var page) -> {
                    page.objects().stream()
                            .map(line -> line.key().substring(prefix().length()))
                            .filter(text -> ID.matcher(text).matches())
                            .forEach(text -> ids.add(UUID.fromString(text)));
                    next = page.next();
                }
                case ReadOutcome.Absent<ObjectReader.Page>() -> {
                    return new ReadOutcome.Absent<>();
                }
                case ReadOutcome.Unavailable<ObjectReader.Page>(var later, var cause) -> {
                    return new ReadOutcome.Unavailable<>(later, cause);
                }
                case ReadOutcome.Refused<ObjectReader.Page>(var cause) -> {
                    return new ReadOutcome.Refused<>(cause);
                }
            }
        } while (next.isPresent());
        return new ReadOutcome.Found<>(List.copyOf(ids));
    }

    /** One entry. The node needs the role {@code read}. */
    public ReadOutcome<byte[]> read(String destination, UUID id) {
        return destinations.reader(destination).note(prefix() + id, LARGEST);
    }

    private String prefix() {
        return installation.id() + "/erasures/";
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("SHA-256 is part of every JDK", missing);
        }
    }
}
