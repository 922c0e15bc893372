package coffer.ui;

import coffer.fleet.backups.Presigning;
import coffer.fleet.backups.SystemBackups;
import coffer.id.Permission;
import coffer.id.Permitted;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import java.util.Objects;

/** Sends the browser to the store itself, by an address that works for minutes. */
@Named
@RequestScoped
@Permitted({Permission.BACKUPS_READ, Permission.BACKUPS_DOWNLOAD})
public class DownloadPage {

    private final Visit visit;
    private final SystemBackups backups;
    private final Presigning presigning;

    @Inject
    DownloadPage(Visit visit, SystemBackups backups, Presigning presigning) {
        this.visit = visit;
        this.backups = backups;
        this.presigning = presigning;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected DownloadPage() {
        this(null, null, null);
    }

    /** Goes there; before the view is made, which shows nothing. */
    public void go() {
        var caller = visit.caller(Permission.BACKUPS_READ, Permission.BACKUPS_DOWNLOAD);
        var system = Ids.of(visit.parameter("system"));
        var backup = Objects.requireNonNullElse(visit.parameter("backup"), "");
        visit.leaveTo(presigning.sign(backups.download(caller, system, backup)).toString());
    }
}
