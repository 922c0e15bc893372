package coffer.backup;

import java.io.Serializable;
import java.util.UUID;

/** An upload that ends without a backup, and where its bytes may lie all the same. */
public record Abandoned(UUID backupId, UUID systemId, String destination, String address)
        implements Serializable {

    static Abandoned of(NewBackup pending) {
        return new Abandoned(
                pending.id(), pending.systemId(), pending.destination(), pending.address());
    }
}
