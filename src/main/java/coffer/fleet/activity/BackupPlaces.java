package coffer.fleet.activity;

import coffer.id.Caller;
import coffer.id.Permission;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Where a backup is, of which only the id or the beginning of its file's name is known. */
@ApplicationScoped
public class BackupPlaces {

    /** So many backups of one search are told of. */
    public static final int SHOWN = 20;

    /** Fewer letters would find nearly all. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{3,255}");

    private final BackupPlaceLedger ledger;
    private final SubtreeLedger subtrees;

    /**
     * A backup that is kept.
     *
     * @param newer how many of its system's backups, in its list or in its trash, are newer
     */
    public record Place(
            UUID id,
            UUID system,
            String systemName,
            String organizationName,
            String filename,
            Instant uploadedAt,
            boolean trashed,
            long newer) {}

    /**
     * Backups with a name.
     *
     * @param places the newest, at most {@value #SHOWN}
     * @param more true where there are more of them
     * @param tooMany true where so many names begin so that nobody looked whose they are
     */
    public record Named(List<Place> places, boolean more, boolean tooMany) {}

    @Inject
    BackupPlaces(BackupPlaceLedger ledger, SubtreeLedger subtrees) {
        this.ledger = ledger;
        this.subtrees = subtrees;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected BackupPlaces() {
        this(null, null);
    }

    /** A backup, if the caller sees it; one that is gone is nowhere. */
    @Transactional
    public Optional<Place> find(Caller.Person caller, UUID backup) {
        return caller.may(Permission.BACKUPS_READ)
                ? ledger.find(path(caller), backup)
                : Optional.empty();
    }

    /**
     * Backups that the caller sees, whose file's name is this or begins so (upper and lower case
     * differ, as in the names). In a subtree of many systems a beginning that very many names of
     * the whole catalogue share is not looked for (docs/adr/0084).
     */
    @Transactional
    public Named named(Caller.Person caller, String text) {
        if (!caller.may(Permission.BACKUPS_READ) || !NAME.matcher(text).matches()) {
            return new Named(List.of(), false, false);
        }
        var path = path(caller);
        var small = subtrees.size(path) == SubtreeLedger.Size.SMALL;
        if (!small && ledger.isCommon(text)) {
            return new Named(List.of(), false, true);
        }
        var found =
                small
                        ? ledger.ofSystems(path, text, SHOWN + 1)
                        : ledger.ofNames(path, text, SHOWN + 1);
        return new Named(
                found.subList(0, Math.min(SHOWN, found.size())), found.size() > SHOWN, false);
    }

    static String path(Caller.Person caller) {
        return caller.organizationPath().stream()
                .map(UUID::toString)
                .collect(Collectors.joining("/", "/", "/"));
    }
}
