package coffer.people;

import coffer.id.Role;
import coffer.people.proof.ProviderTokens;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An account on the wire.
 *
 * @param identity who a provider says they are, or null
 * @param passwordMustChange the next thing they do is to change it
 * @param actions what this caller may do to it
 */
public record UserView(
        UUID id,
        String username,
        String name,
        @Nullable String email,
        String locale,
        List<String> roles,
        Organization organization,
        ProviderTokens.@Nullable Identity identity,
        boolean disabled,
        @Nullable Instant disabledAt,
        boolean passwordMustChange,
        Instant createdAt,
        List<String> actions) {

    /** Where an account belongs. */
    public record Organization(UUID id, String name, String type) {}

    static UserView of(AccountRow row, List<String> actions) {
        return new UserView(
                row.id(),
                row.username(),
                row.name(),
                row.email(),
                row.locale(),
                row.roles().stream().map(Role::wire).toList(),
                new Organization(
                        row.organization().id(),
                        row.organization().name(),
                        row.organization().kind()),
                row.identity(),
                row.disabledAt() != null,
                row.disabledAt(),
                row.mustChange(),
                row.createdAt(),
                actions);
    }
}
