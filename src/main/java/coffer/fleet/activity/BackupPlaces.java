package coffer.fleet.activity;

import coffer.id.Caller;
import coffer.id.Permission;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Which system a backup is of, where only its id is known. */
@ApplicationScoped
public class BackupPlaces {

    private final ActivityLedger ledger;

    @Inject
    BackupPlaces(ActivityLedger ledger) {
        this.ledger = ledger;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected BackupPlaces() {
        this(null);
    }

    /** Its system, if the caller sees it; a backup that is gone is nowhere. */
    @Transactional
    public Optional<UUID> system(Caller.Person caller, UUID backup) {
        return caller.may(Permission.BACKUPS_READ)
                ? ledger.system(path(caller), backup)
                : Optional.empty();
    }

    static String path(Caller.Person caller) {
        return caller.organizationPath().stream()
                .map(UUID::toString)
                .collect(Collectors.joining("/", "/", "/"));
    }
}
