package coffer.access;

import coffer.platform.BusMessage;

import java.util.Optional;
import java.util.UUID;

/**
 * A CDI event, fired within a transaction that changes whether credentials work; once it has
 * committed, every node forgets what it remembered of them.
 *
 * @param kind {@code system} or {@code organization}
 * @param id which
 */
public record CredentialsChanged(String kind, UUID id) {

    static final String TOPIC = "credentials";
    static final String SYSTEM = "system";
    static final String ORGANIZATION = "organization";

    /** Those of one system. */
    public static CredentialsChanged ofSystem(UUID id) {
        return new CredentialsChanged(SYSTEM, id);
    }

    /** Those of all systems below one organization. */
    public static CredentialsChanged ofOrganization(UUID id) {
        return new CredentialsChanged(ORGANIZATION, id);
    }

    /** The organization that such a message is about, on the bus. */
    public static Optional<UUID> organizationIn(BusMessage message) {
        var prefix = ORGANIZATION + ":";
        return message.topic().equals(TOPIC) && message.text().startsWith(prefix)
                ? Optional.of(UUID.fromString(message.text().substring(prefix.length())))
                : Optional.empty();
    }
}
