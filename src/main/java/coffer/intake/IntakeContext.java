package coffer.intake;

import coffer.backup.NewBackup;
import coffer.platform.Ids;
import coffer.platform.NodeIdentity;
import coffer.storage.Addresses;
import coffer.storage.StorageSettings;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

/**
 * What every upload on this node shares: its limits, its turn at the catalogue, its node's name,
 * where new objects go.
 */
@Dependent
class IntakeContext {

    private final Turnstile turnstile = new Turnstile();
    private final IntakeSettings settings;
    private final NodeIdentity node;
    private final StorageSettings storage;
    private final Addresses addresses;
    private final Ids ids;

    @Inject
    IntakeContext(
            IntakeSettings settings,
            NodeIdentity node,
            StorageSettings storage,
            Addresses addresses,
            Ids ids) {
        this.settings = settings;
        this.node = node;
        this.storage = storage;
        this.addresses = addresses;
        this.ids = ids;
    }

    Turnstile turnstile() {
        return turnstile;
    }

    IntakeSettings settings() {
        return settings;
    }

    /** What the catalogue is told of an upload: its id, where it will lie, harmless names. */
    NewBackup backup(Declared declared) {
        var id = ids.next();
        return new NewBackup(
                id,
                declared.appliance(),
                storage.primary(), // replicas follow in their own jobs
                addresses.of(declared.appliance().systemId(), id).text(),
                FileNames.safe(declared.filename(), id),
                FileNames.mediaType(declared.contentType()),
                declared.sizeBytes(),
                declared.clientAddress(),
                new NewBackup.Terms(
                        node.name(),
                        settings.uploadsInFlight(),
                        settings.lease(),
                        settings.lateAfter()));
    }
}
