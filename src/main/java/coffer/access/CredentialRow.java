package coffer.access;

import coffer.id.Caller;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * One secret, its system and the status of everything above, as of one moment.
 *
 * @param scheme {@code hmac-sha256} or {@code salted-sha256}
 * @param keyId which pepper made the digest; null for the salted scheme
 * @param salt null for the keyed scheme
 * @param path the owning organization's path, root first
 * @param open the secret has neither ended nor been ended
 * @param endsIn how much longer it is good for, where an end is set
 * @param deleted the system or an organization on its path is
 * @param suspended the system or an organization on its path is
 * @param origin where it comes from
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, never shown.
record CredentialRow(
        UUID secretId,
        UUID systemId,
        String systemKey,
        String scheme,
        @Nullable String keyId,
        byte @Nullable [] salt,
        byte[] digest,
        List<UUID> path,
        boolean open,
        @Nullable Duration endsIn,
        boolean registered,
        boolean deleted,
        boolean suspended,
        Origin origin) {

    /** What kind of secret it is. */
    enum Origin {
        /** Ours. */
        NATIVE,
        /** Ours, and not used yet: its first use confirms it. */
        PENDING,
        /** Of a pair of the old platform. */
        LEGACY
    }

    Caller.Appliance caller() {
        return new Caller.Appliance(systemId, systemKey, secretId, path);
    }

    boolean inForce() {
        return open && registered && !deleted && !suspended;
    }
}
