package coffer.ui.systems;

import static coffer.id.Permission.BACKUPS_DELETE;
import static coffer.id.Permission.BACKUPS_MANAGE;

import coffer.fleet.activity.BackupPlaces;
import coffer.fleet.backups.SystemBackupView;
import coffer.fleet.backups.SystemBackups;
import coffer.id.Caller;
import coffer.id.Permission;
import coffer.id.Permitted;
import coffer.platform.Problem;
import coffer.platform.web.Paging;
import coffer.ui.Addresses;
import coffer.ui.Visit;
import coffer.ui.Words;
import coffer.ui.once.Once;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/** The backups of one system, its trash, and what may be done to each. */
@Named
@RequestScoped
@Permitted(Permission.BACKUPS_READ)
public class BackupsTab {

    private static final int SIZE = 50;

    private final Visit visit;
    private final Words words;
    private final SystemPage page;
    private final SystemBackups backups;
    private final TrashDays days;
    private final Once once;
    private SystemBackups.@Nullable Listing stored;
    private SystemBackups.@Nullable Listing trash;
    private @Nullable String failure;

    @Inject
    BackupsTab(
            Visit visit,
            Words words,
            SystemPage page,
            SystemBackups backups,
            TrashDays days,
            Once once) {
        this.visit = visit;
        this.words = words;
        this.page = page;
        this.backups = backups;
        this.days = days;
        this.once = once;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected BackupsTab() {
        this(null, null, null, null, null, null);
    }

    /** Where a backup's line is: on its page of the list or of the trash. */
    public static String place(BackupPlaces.Place backup) {
        var number = backup.newer() / SIZE + 1;
        return Addresses.of(Addresses.SYSTEM)
                        .with("id", backup.system())
                        .with("tab", "backups")
                        .with(backup.trashed() ? "trash" : "page", number == 1 ? null : number)
                + "#backup-"
                + backup.id();
    }

    /** A page of those that are kept, with what is left of the limits. */
    public SystemBackups.Listing getStored() {
        if (stored == null) {
            stored = list(false, visit.parameter("page"));
        }
        return stored;
    }

    /** A page of those in the trash. */
    public SystemBackups.Listing getTrash() {
        if (trash == null) {
            trash = list(true, visit.parameter("trash"));
        }
        return trash;
    }

    /** How full the caps are, in per cent. */
    public long getFullness() {
        var listing = getStored();
        return Math.min(100, listing.quotaUsedBytes() * 100 / Math.max(1, listing.quotaMaxBytes()));
    }

    /** The list's page that is so many pages on, or null. */
    public @Nullable String turn(boolean trashed, int by) {
        var pages = (trashed ? getTrash() : getStored()).pagination();
        var to = by < 0 ? pages.prevPage() : pages.nextPage();
        return to == null
                ? null
                : page.address("backups")
                                .with("page", trashed ? visit.parameter("page") : to)
                                .with("trash", trashed ? to : visit.parameter("trash"))
                        + (trashed ? "#trash" : "#backups");
    }

    /** The day from which on a backup in the trash may go for good. */
    public String goes(SystemBackupView backup) {
        return words.day(days.end(page.getSystem(), backup));
    }

    /** Where its bytes are to be had. */
    public String download(SystemBackupView backup) {
        return Addresses.of(Addresses.DOWNLOAD)
                .with("system", page.getSystem().id())
                .with("backup", backup.id())
                .toString();
    }

    /** What the dialog before a deletion asks. */
    public String question(SystemBackupView backup) {
        return words.with(
                "backups.delete.question", backup.filename(), words.at(backup.uploadedAt()));
    }

    /**
     * Does what the button says that was pressed: each carries the id of its backup, so that a list
     * that has grown since cannot make it another's.
     */
    public void act() {
        if (visit.request().getMethod().equals("POST")) {
            pressed("delete", "trashed", BACKUPS_DELETE, backups::delete);
            pressed("bring-back", "brought-back", BACKUPS_MANAGE, backups::untrash);
            pressed(
                    "pin",
                    "pinned",
                    BACKUPS_MANAGE,
                    (caller, system, id) -> backups.pin(caller, system, id, true));
            pressed(
                    "unpin",
                    "unpinned",
                    BACKUPS_MANAGE,
                    (caller, system, id) -> backups.pin(caller, system, id, false));
        }
    }

    private void pressed(String button, String notice, Permission permission, Work work) {
        var id = visit.parameter(button);
        if (id == null) {
            return;
        }
        try {
            var caller = visit.caller(permission);
            var system = system();
            once.go(() -> {
                work.on(caller, system, id);
                return Addresses.noticed(Addresses.ours(visit.parameter("back")), notice);
            });
        } catch (Problem refused) {
            failure = words.problem(refused.type().slug(), refused.type().message());
        }
    }

    /** What a button does. */
    private interface Work {
        SystemBackupView on(Caller.Person caller, UUID system, String backup);
    }

    /** Why something was not done, or null. */
    public @Nullable String getFailure() {
        return failure;
    }

    private UUID system() {
        return page.getSystem().id();
    }

    private SystemBackups.Listing list(boolean trashed, @Nullable String number) {
        return backups.list(
                visit.caller(Permission.BACKUPS_READ),
                system(),
                trashed,
                null,
                Paging.of(number, String.valueOf(SIZE)));
    }

    /** The lines of a list, for the view. */
    public List<SystemBackupView> lines(boolean trashed) {
        return (trashed ? getTrash() : getStored()).backups();
    }
}
