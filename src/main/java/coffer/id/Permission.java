package coffer.id;

import java.util.Locale;

/**
 * What a role allows, wherever the thing stands in the caller's subtree ({@link Visibility} decides
 * that). Texts are the wire contract's, section 4.
 */
public enum Permission {
    ORGANIZATIONS_READ,
    ORGANIZATIONS_MANAGE,
    ORGANIZATIONS_DESTROY,
    HOLDS_MANAGE,
    USERS_READ,
    USERS_MANAGE,
    SYSTEMS_READ,
    SYSTEMS_MANAGE,
    SYSTEMS_DESTROY,
    BACKUPS_READ,
    BACKUPS_DOWNLOAD,
    BACKUPS_DELETE,
    BACKUPS_MANAGE,
    JOBS_READ,
    JOBS_MANAGE;

    /** {@code systems:read}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', ':');
    }

    /** True for what concerns the whole installation: only the owner's super-admin has it. */
    public boolean platform() {
        return this == JOBS_READ || this == JOBS_MANAGE;
    }

    /** True for what erases for good: no API key has it. */
    public boolean destroys() {
        return this == ORGANIZATIONS_DESTROY || this == SYSTEMS_DESTROY;
    }

    /** True for what changes nothing. */
    public boolean reads() {
        return switch (this) {
            case ORGANIZATIONS_READ,
                    USERS_READ,
                    SYSTEMS_READ,
                    BACKUPS_READ,
                    BACKUPS_DOWNLOAD,
                    JOBS_READ ->
                    true;
            case ORGANIZATIONS_MANAGE,
                    ORGANIZATIONS_DESTROY,
                    HOLDS_MANAGE,
                    USERS_MANAGE,
                    SYSTEMS_MANAGE,
                    SYSTEMS_DESTROY,
                    BACKUPS_DELETE,
                    BACKUPS_MANAGE,
                    JOBS_MANAGE ->
                    false;
        };
    }
}
