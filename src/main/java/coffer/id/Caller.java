package coffer.id;

import java.util.List;
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

    /** A person; {@code userId} is ours, whichever provider signed them in. */
    record Person(UUID userId, UUID organizationId) implements Caller {
        @Override
        public String actor() {
            return "user:" + userId;
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
