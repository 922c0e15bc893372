package coffer.people;

import coffer.id.Caller;
import coffer.id.Permission;
import coffer.id.Role;
import coffer.platform.Mac;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * An account as one of its sessions or API keys shows it, with the status of everything above, as
 * of one moment.
 *
 * @param path the organization's, root first
 * @param owner the organization is the owner
 * @param dormant a password was set by somebody else and has yet to be changed
 * @param inForce neither the account, the session or key, nor an organization on the path has ended
 * @param endsIn how much longer the session or key is good for
 * @param key the API key, or null for a session
 */
record PersonRow(
        UUID accountId,
        UUID organizationId,
        List<UUID> path,
        List<Role> roles,
        boolean owner,
        boolean dormant,
        boolean inForce,
        Duration endsIn,
        @Nullable Key key) {

    /**
     * What only a key has.
     *
     * @param writes its scope
     */
    record Key(UUID id, boolean writes, Mac mac, boolean usedLately) {}

    /** Whoever has yet to change a password may do nothing else. */
    Caller.Person caller() {
        return new Caller.Person(
                accountId,
                organizationId,
                path,
                dormant ? Set.of() : permissions(),
                key == null && owner && roles.contains(Role.SUPER_ADMIN),
                Optional.ofNullable(key).map(Key::id));
    }

    private Set<Permission> permissions() {
        return Role.allowed(roles, owner).stream()
                .filter(permission ->
                        key == null
                                || (!permission.destroys() && (key.writes() || permission.reads())))
                .collect(Collectors.toUnmodifiableSet());
    }
}
