package coffer.id;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Who asks. Decided once, at the entrance, from a credential; never from a request's body. */
public sealed interface Caller {

    /** The name under which the audit trail knows the caller; ids only, no personal data. */
    String actor();

    /**
     * A system that proved its secret.
     *
     * @param systemId the system, on whose backups alone it may act
     * @param systemKey its key on the wire
     * @param secretId which of its secrets it used
     * @param organizationPath the owning organization's path, root first, own last
     */
    record Appliance(UUID systemId, String systemKey, UUID secretId, List<UUID> organizationPath)
            implements Caller {

        /** Copies the path, which must not be empty. */
        public Appliance {
            organizationPath = List.copyOf(organizationPath);
            if (organizationPath.isEmpty()) {
                throw new IllegalArgumentException("a system belongs to an organization");
            }
        }

        /** The organization that owns the system. */
        public UUID organizationId() {
            return organizationPath.getLast();
        }

        @Override
        public String actor() {
            return "system:" + systemId;
        }
    }

    /**
     * A person, or an API key of theirs.
     *
     * @param userId ours, whichever provider signed them in
     * @param organizationId whose subtree they see
     * @param organizationPath from the root to it
     * @param permissions of their roles; an API key's scope has cut them already
     * @param platform signed in as super-admin of the owner's organization, not by an API key
     * @param apiKeyId which of their keys called, if one did
     */
    record Person(
            UUID userId,
            UUID organizationId,
            List<UUID> organizationPath,
            Set<Permission> permissions,
            boolean platform,
            Optional<UUID> apiKeyId)
            implements Caller {

        /** Copies; the path ends with the organization. */
        public Person {
            organizationPath = List.copyOf(organizationPath);
            permissions = Set.copyOf(permissions);
            if (organizationPath.isEmpty() || !organizationPath.getLast().equals(organizationId)) {
                throw new IllegalArgumentException("the path does not end with the organization");
            }
        }

        /** True when their roles, and the key's scope, allow it somewhere. */
        public boolean may(Permission permission) {
            return permissions.contains(permission);
        }

        @Override
        public String actor() {
            return apiKeyId.map(key -> "api-key:" + key).orElse("user:" + userId);
        }
    }

    /** Coffer itself: a batch job or the start of the server. */
    record Machine(String job) implements Caller {
        @Override
        public String actor() {
            return "coffer:" + job;
        }
    }
}
