package coffer.storage;

import coffer.platform.Installation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import java.util.UUID;

/** Makes the address of a new backup. All other code reads it from the catalogue. */
@ApplicationScoped
public class Addresses {

    private final Installation installation;

    @Inject
    Addresses(Installation installation) {
        this.installation = installation;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected Addresses() {
        this(null);
    }

    /** Where a new backup of this system goes. */
    public Address of(UUID systemId, UUID backupId) {
        return new Address(installation.id(), systemId, backupId);
    }
}
