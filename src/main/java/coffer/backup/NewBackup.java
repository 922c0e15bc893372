package coffer.backup;

import coffer.id.Caller;

import java.time.Duration;
import java.util.UUID;

/**
 * A backup that is about to come in: what the catalogue has to know before its first byte.
 *
 * @param destination where its bytes will go first
 * @param address under which they will lie there
 * @param filename already made safe
 * @param sizeBytes as declared, at least 1
 * @param clientAddress for the audit trail only
 */
public record NewBackup(
        UUID id,
        Caller.Appliance appliance,
        String destination,
        String address,
        String filename,
        String mediaType,
        long sizeBytes,
        String clientAddress,
        Terms terms) {

    /** Its system. */
    public UUID systemId() {
        return appliance.systemId();
    }

    /** The extension of its id on the wire. */
    String extension() {
        return BackupId.extensionOf(filename);
    }

    /**
     * On which terms its node takes it in.
     *
     * @param node the node's name, which the lease is for
     * @param inFlight how many uploads of one system may be under way, this one included
     * @param lease how long it is ours without a sign of life from the node
     * @param lateAfter when an abandoned address is erased once more, for a PUT that landed late
     */
    public record Terms(String node, int inFlight, Duration lease, Duration lateAfter) {}
}
