package coffer.backup;

import coffer.platform.Ids;
import coffer.platform.NodeIdentity;
import coffer.storage.Addresses;
import coffer.storage.StorageSettings;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

import java.util.UUID;

/** What every upload on this node shares: its limits, its node's name, where new objects go. */
@Dependent
class IntakeContext {

    private final IntakeSettings settings;
    private final RetentionSettings retention;
    private final NodeIdentity node;
    private final StorageSettings storage;
    private final Addresses addresses;
    private final Ids ids;

    @Inject
    IntakeContext(
            IntakeSettings settings,
            RetentionSettings retention,
            NodeIdentity node,
            StorageSettings storage,
            Addresses addresses,
            Ids ids) {
        this.settings = settings;
        this.retention = retention;
        this.node = node;
        this.storage = storage;
        this.addresses = addresses;
        this.ids = ids;
    }

    IntakeSettings settings() {
        return settings;
    }

    RetentionSettings retention() {
        return retention;
    }

    String node() {
        return node.name();
    }

    Ids ids() {
        return ids;
    }

    /** Where uploads go first; replicas follow in their own jobs. */
    String destination() {
        return storage.primary();
    }

    String address(UUID systemId, UUID backupId) {
        return addresses.of(systemId, backupId).text();
    }
}
