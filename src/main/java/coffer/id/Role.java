package coffer.id;

import static coffer.id.Permission.BACKUPS_DELETE;
import static coffer.id.Permission.BACKUPS_DOWNLOAD;
import static coffer.id.Permission.BACKUPS_MANAGE;
import static coffer.id.Permission.BACKUPS_READ;
import static coffer.id.Permission.ORGANIZATIONS_READ;
import static coffer.id.Permission.SYSTEMS_MANAGE;
import static coffer.id.Permission.SYSTEMS_READ;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What an account may be (wire contract, section 5). An account with several has all they allow.
 */
public enum Role {
    /** Everything; what concerns the whole installation only in the owner's organization. */
    SUPER_ADMIN("super-admin", EnumSet.allOf(Permission.class)),
    /** Everything but to destroy, and but the installation. */
    ADMIN("admin", all(permission -> !permission.destroys() && !permission.platform())),
    /** Systems and their backups; no people. */
    SUPPORT(
            "support",
            EnumSet.of(
                    ORGANIZATIONS_READ,
                    SYSTEMS_READ,
                    SYSTEMS_MANAGE,
                    BACKUPS_READ,
                    BACKUPS_DOWNLOAD,
                    BACKUPS_DELETE,
                    BACKUPS_MANAGE)),
    /** Reads. */
    BACKOFFICE("backoffice", all(permission -> permission.reads() && !permission.platform())),
    /** Reads. */
    READER("reader", all(permission -> permission.reads() && !permission.platform()));

    private final String wire;

    @SuppressWarnings("ImmutableEnumChecker") // It is unmodifiable.
    private final Set<Permission> permissions;

    Role(String wire, Set<Permission> permissions) {
        this.wire = wire;
        this.permissions = Collections.unmodifiableSet(permissions);
    }

    /** {@code super-admin}. */
    public String wire() {
        return wire;
    }

    /** What it allows in the owner's organization; elsewhere less, see {@link #allowed}. */
    public Set<Permission> permissions() {
        return permissions;
    }

    /** The role of that name, if there is one. */
    public static Optional<Role> of(String wire) {
        return Arrays.stream(values()).filter(role -> role.wire.equals(wire)).findFirst();
    }

    /**
     * What these roles allow together.
     *
     * @param owner the account is one of the owner's organization
     */
    public static Set<Permission> allowed(Collection<Role> roles, boolean owner) {
        var allowed = EnumSet.noneOf(Permission.class);
        roles.forEach(role -> allowed.addAll(role.permissions));
        allowed.removeIf(permission -> permission.platform() && !owner);
        return allowed;
    }

    private static Set<Permission> all(Predicate<Permission> wanted) {
        var all = EnumSet.allOf(Permission.class);
        all.removeIf(wanted.negate());
        return all;
    }
}
