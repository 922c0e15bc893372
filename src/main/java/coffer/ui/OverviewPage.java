package coffer.ui;

import coffer.fleet.FleetStates;
import coffer.fleet.activity.UploadDays;
import coffer.fleet.organizations.OrganizationDesk;
import coffer.id.Permission;
import coffer.id.Permitted;
import coffer.job.JobRow;
import coffer.job.Jobs;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** What ten seconds a day are for: what is not protected, first. */
@Named
@RequestScoped
@Permitted(Permission.SYSTEMS_READ)
public class OverviewPage {

    /** The worst first. */
    private static final List<String> STATES =
            List.of("never", "overdue", "late", "due", "paused", "fresh");

    private static final List<String> UNPROTECTED = List.of("never", "overdue");
    private static final int MOST_ALERTS = 20;

    private final Visit visit;
    private final Words words;
    private final FleetStates states;
    private final Jobs jobs;
    private final UploadDays uploads;
    private final OrganizationDesk organizations;
    private @Nullable Map<String, Long> counts;
    private OrganizationDesk.@Nullable Usage usage;
    private @Nullable List<AlertLine> open;
    private @Nullable List<UploadDays.Day> days;
    private @Nullable List<JobRow> rows;

    @Inject
    OverviewPage(
            Visit visit,
            Words words,
            FleetStates states,
            Jobs jobs,
            UploadDays uploads,
            OrganizationDesk organizations) {
        this.visit = visit;
        this.words = words;
        this.states = states;
        this.jobs = jobs;
        this.uploads = uploads;
        this.organizations = organizations;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected OverviewPage() {
        this(null, null, null, null, null, null);
    }

    /** A state with how many systems are in it, and where they are listed. */
    public record Figure(String state, String count, String address) {}

    /** An open alert as a line. */
    public record AlertLine(
            String text, String severity, String age, String system, String address) {}

    /** Each state, the worst first. */
    public List<Figure> getFigures() {
        return STATES.stream()
                .map(state ->
                        new Figure(
                                state,
                                words.number(count(state)),
                                Addresses.of(Addresses.SYSTEMS).with("state", state).toString()))
                .toList();
    }

    /** True where there is no system at all. */
    public boolean isBare() {
        return counts().isEmpty();
    }

    /** How many have never sent a backup, or not for long. */
    public String getUnprotected() {
        return words.number(UNPROTECTED.stream().mapToLong(this::count).sum());
    }

    /** True when every system that is not paused has sent one lately. */
    public boolean isCovered() {
        return UNPROTECTED.stream().allMatch(state -> count(state) == 0);
    }

    /** The worst and oldest of what is open. */
    public List<AlertLine> getAlerts() {
        if (open == null) {
            open =
                    states.alerts(visit.caller(Permission.SYSTEMS_READ), MOST_ALERTS).stream()
                            .map(this::line)
                            .toList();
        }
        return open;
    }

    private AlertLine line(FleetStates.OpenAlert alert) {
        return new AlertLine(
                words.of("alert", alert.code()),
                alert.severity(),
                words.age(alert.openedAt()),
                alert.systemName(),
                Addresses.system(alert.systemId()));
    }

    /** A day of the strip; its height is the day's part of the busiest one. */
    public record Bar(String label, long height, String uploads) {}

    /** Backups a day, of the last four weeks. */
    public List<Bar> getStrip() {
        var most = days().stream().mapToLong(UploadDays.Day::backups).max().orElse(0);
        return days().stream()
                .map(day -> {
                    var at = day.day().atStartOfDay(ZoneOffset.UTC).toInstant();
                    return new Bar(
                            words.with(
                                    "overview.day",
                                    words.day(at),
                                    day.backups(),
                                    words.size(day.bytes())),
                            most == 0 ? 0 : Math.ceilDiv(day.backups() * 40, most),
                            words.number(day.backups()));
                })
                .toList();
    }

    /** How many there were in all. */
    public String getUploads() {
        return words.with(
                "overview.uploads-sum",
                days().stream().mapToLong(UploadDays.Day::backups).sum(),
                words.size(days().stream().mapToLong(UploadDays.Day::bytes).sum()));
    }

    private List<UploadDays.Day> days() {
        if (days == null) {
            days = uploads.of(visit.caller(Permission.SYSTEMS_READ));
        }
        return days;
    }

    /** True for who sees what their organization uses. */
    public boolean isSeesUsage() {
        return visit.visitor()
                .filter(one -> one.caller().may(Permission.ORGANIZATIONS_READ))
                .isPresent();
    }

    /** What the caller's subtree uses. */
    public OrganizationDesk.Usage getUsage() {
        if (usage == null) {
            var caller = visit.caller(Permission.ORGANIZATIONS_READ);
            usage = organizations.usage(caller, caller.organizationId());
        }
        return usage;
    }

    /** True where the caller's organization has a quota of its own. */
    public boolean isLimited() {
        var quota = getUsage().quotaBytes();
        return quota != null && quota > 0;
    }

    /** How full it is, from 0 to 100. */
    public long getFullness() {
        var quota = getUsage().quotaBytes();
        return quota == null || quota == 0
                ? 0
                : Math.min(100, 100 * getUsage().usage().subtree().liveBytes() / quota);
    }

    /** Where a run is. */
    public String run(java.util.UUID id) {
        return Addresses.of(PageFilter.FOLDER + "run.xhtml").with("id", id).toString();
    }

    /** True for who runs the installation. */
    public boolean isSeesJobs() {
        return visit.visitor().filter(one -> one.caller().may(Permission.JOBS_READ)).isPresent();
    }

    /** Each job with its last run. */
    public List<JobRow> getJobs() {
        if (rows == null) {
            visit.caller(Permission.JOBS_READ);
            rows = jobs.all();
        }
        return rows;
    }

    private long count(String state) {
        return counts().getOrDefault(state, 0L);
    }

    private Map<String, Long> counts() {
        if (counts == null) {
            counts = states.counts(visit.caller(Permission.SYSTEMS_READ));
        }
        return counts;
    }
}
