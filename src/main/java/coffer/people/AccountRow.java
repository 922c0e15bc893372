package coffer.people;

import coffer.id.Role;
import coffer.people.proof.PasswordHash;
import coffer.people.proof.ProviderTokens;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An account that has not been deleted.
 *
 * @param username what they sign in with, lower case
 * @param name what others see
 * @param locale {@code en} or {@code it}
 * @param organization where it belongs
 * @param identity who a provider says they are, or null
 * @param hash of the password, or null where only a provider signs them in
 * @param mustChange the password was set by somebody else
 * @param disabledAt or null
 * @param inForce neither disabled nor below an organization that is suspended or deleted
 */
record AccountRow(
        UUID id,
        String username,
        String name,
        @Nullable String email,
        String locale,
        List<Role> roles,
        Home organization,
        ProviderTokens.@Nullable Identity identity,
        @Nullable PasswordHash hash,
        boolean mustChange,
        Instant createdAt,
        @Nullable Instant disabledAt,
        boolean inForce) {

    /**
     * The organization of an account.
     *
     * @param path root first, itself last
     */
    record Home(UUID id, String name, String kind, List<UUID> path) {

        /** Whether it is the owner. */
        boolean owner() {
            return kind.equals("owner");
        }
    }

    /** As {@link #hash}. */
    Optional<PasswordHash> password() {
        return Optional.ofNullable(hash);
    }
}
