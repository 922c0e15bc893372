package coffer.ui.systems;

import coffer.backup.RetentionDesk;
import coffer.fleet.backups.BackupOutlook;
import coffer.id.Permission;
import coffer.id.Permitted;
import coffer.retention.Candidate;
import coffer.retention.Exposure;
import coffer.retention.Playback;
import coffer.retention.Rhythm;
import coffer.retention.Verdict;
import coffer.ui.Visit;
import coffer.ui.Words;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

/** How backups have come, what goes next and why, and what a stolen credential could cost. */
@Named
@RequestScoped
@Permitted(Permission.BACKUPS_READ)
public class OutlookTab {

    private static final int COMING_DAYS = 14;

    private final Visit visit;
    private final Words words;
    private final SystemPage page;
    private final BackupOutlook outlook;
    private RetentionDesk.@Nullable Standing standing;
    private @Nullable Timeline timeline;
    private @Nullable List<Playback.Day> days;

    @Inject
    OutlookTab(Visit visit, Words words, SystemPage page, BackupOutlook outlook) {
        this.visit = visit;
        this.words = words;
        this.page = page;
        this.outlook = outlook;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected OutlookTab() {
        this(null, null, null, null);
    }

    /**
     * A backup that goes.
     *
     * @param action {@code retire}, to the trash, or {@code erase}, for good
     */
    public record Going(String day, String backup, String size, String action, String why) {}

    /** Earlier days that are left for certain. */
    public record Left(String after, String days) {}

    /** The last ninety days. */
    public Timeline getTimeline() {
        if (timeline == null) {
            var today = LocalDate.ofInstant(words.now(), ZoneOffset.UTC);
            var since = today.minusDays(Timeline.DAYS - 1L);
            timeline =
                    Timeline.of(
                            outlook.days(
                                    visit.caller(Permission.BACKUPS_READ),
                                    page.getSystem().id(),
                                    since.atStartOfDay(ZoneOffset.UTC).toInstant()),
                            today,
                            words);
        }
        return timeline;
    }

    private Going going(Instant at, Candidate one, Verdict.Action action, String reason) {
        return new Going(
                words.day(at),
                words.at(one.uploadedAt()),
                words.size(one.sizeBytes()),
                action.name().toLowerCase(java.util.Locale.ROOT),
                words.of("reason", reason));
    }

    /** When the next one is expected, and how large. */
    public String getExpected() {
        return words.with(
                "next.expected", words.at(next()), words.size(Usual.size(standing().kept())));
    }

    /** What goes on the coming days if backups go on as they came. */
    public List<Going> getComing() {
        var ids = standing().kept().stream().map(Candidate::id).toList();
        return days().stream()
                .flatMap(day -> day.events().stream())
                .filter(event -> ids.contains(event.backup().id()))
                .map(event ->
                        going(event.at(), event.backup(), event.action(), event.reason().name()))
                .toList();
    }

    /** How many of the coming backups would not be taken. */
    public int getRefused() {
        return days().stream().mapToInt(Playback.Day::refused).sum();
    }

    private List<Playback.Day> days() {
        if (days == null) {
            var now = standing();
            var playback = new Playback(now.kept(), now.rules());
            var rhythm = new Rhythm(next(), Usual.every(page.getSystem()), Usual.size(now.kept()));
            days =
                    Stream.iterate(day(now.now()), day -> day.plusDays(1))
                            .limit(COMING_DAYS)
                            .map(day -> playback.day(day, rhythm.on(day)))
                            .toList();
        }
        return days;
    }

    /** What somebody with its secret could cost at most. */
    public Exposure getExposure() {
        return Exposure.of(standing().kept(), standing().now());
    }

    /** How many earlier days are there for certain, whatever somebody does with its secret. */
    public List<Left> getLeft() {
        var exposure = getExposure();
        return Stream.of(1, 3, 7, 14)
                .map(days ->
                        new Left(
                                words.day(standing().now().plus(Duration.ofDays(days - 1L))),
                                words.with(
                                        "backups.of",
                                        words.number(exposure.daysAfter(days)),
                                        words.number(exposure.days().size()))))
                .toList();
    }

    private RetentionDesk.Standing standing() {
        if (standing == null) {
            standing =
                    outlook.standing(visit.caller(Permission.BACKUPS_READ), page.getSystem().id());
        }
        return standing;
    }

    private Instant next() {
        var last = page.getSystem().lastBackupAt();
        var now = standing().now();
        var expected = last == null ? now : last.plus(Usual.every(page.getSystem()));
        return expected.isBefore(now) ? now : expected;
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }
}
