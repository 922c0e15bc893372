package coffer.ui.simulator;

import static coffer.id.Permission.BACKUPS_READ;

import coffer.backup.RetentionDesk;
import coffer.fleet.SystemView;
import coffer.fleet.Systems;
import coffer.fleet.backups.BackupOutlook;
import coffer.platform.web.Paging;
import coffer.retention.RetentionRules;
import coffer.retention.Rhythm;
import coffer.ui.Ids;
import coffer.ui.Visit;
import coffer.ui.Words;
import coffer.ui.systems.Numbers;
import coffer.ui.systems.Usual;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** What is asked of the simulator: which backups come, under which rules, and on which day. */
@RequestScoped
public class History {

    /** As far as can be looked ahead, and back. */
    static final int MOST_DAYS = 180;

    private static final long MIB = 1 << 20;
    private static final int FIRST_HOUR = 2;

    private final Visit visit;
    private final Words words;
    private final Systems systems;
    private final BackupOutlook outlook;
    private @Nullable SystemView system;
    private RetentionDesk.@Nullable Standing standing;

    @Inject
    History(Visit visit, Words words, Systems systems, BackupOutlook outlook) {
        this.visit = visit;
        this.words = words;
        this.systems = systems;
        this.outlook = outlook;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected History() {
        this(null, null, null, null);
    }

    @Nullable SystemView system() {
        var id = visit.parameter("system");
        if (system == null && id != null) {
            system = systems.find(visit.caller(BACKUPS_READ), Ids.of(id));
        }
        return system;
    }

    private RetentionDesk.Standing standing() {
        if (standing == null) {
            var caller = visit.caller(BACKUPS_READ);
            var one = system();
            standing = one == null ? outlook.nothing(caller) : outlook.standing(caller, one.id());
        }
        return standing;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(words.now(), ZoneOffset.UTC);
    }

    /** {@code a}, and {@code b} where a second policy was given. */
    List<String> names() {
        return visit.parameter("b-count") == null && visit.parameter("b-mib") == null
                ? List.of("a")
                : List.of("a", "b");
    }

    /** The rules of a policy; what was not given is as it is today. */
    RetentionRules rules(String name) {
        var now = standing().rules();
        return new RetentionRules(
                (int) number(name + "-count", now.maxBackups(), 1, 200),
                number(name + "-mib", now.maxBytes() / MIB, 1, 1 << 20) * MIB,
                now.trashPeriod(),
                now.deletionPeriod(),
                now.generations());
    }

    /** The day that is looked at: today, or one that comes. */
    LocalDate on() {
        var text = visit.parameter("on");
        if (text == null) {
            return today().plusDays(14);
        }
        try {
            var day = LocalDate.parse(text);
            if (mayAsk(day)) {
                return day;
            }
        } catch (DateTimeParseException unreadable) {
            throw Paging.invalid("on", "must be a day such as 2026-11-21", text);
        }
        throw Paging.invalid("on", "must be within the coming " + MOST_DAYS + " days", text);
    }

    boolean mayAsk(LocalDate day) {
        return !day.isBefore(today()) && !day.isAfter(today().plusDays(MOST_DAYS));
    }

    /** Plays it to the end of the day that is looked at. */
    Simulation under(RetentionRules rules) {
        var size = getSize() * MIB;
        var every = Duration.ofHours(getEvery());
        var now = standing();
        if (system() != null) {
            var last = Optional.ofNullable(system().lastBackupAt()).orElse(now.now());
            var next = last.plus(every).isBefore(now.now()) ? now.now() : last.plus(every);
            return Simulation.of(now.kept(), rules, new Rhythm(next, every, size), today(), on());
        }
        var first = today().minusDays(getDays());
        return Simulation.of(List.of(), rules, new Rhythm(begin(first), every, size), first, on());
    }

    private static Instant begin(LocalDate first) {
        return first.atTime(FIRST_HOUR, 0).toInstant(ZoneOffset.UTC);
    }

    /** Hours between two backups. */
    public long getEvery() {
        var one = system();
        return number("every", one == null ? 24 : Math.max(1, Usual.every(one).toHours()), 1, 2160);
    }

    /** Mebibytes of each. */
    public long getSize() {
        var usual = system() == null ? 20 : Usual.size(standing().kept()) / MIB;
        return number("size", Math.max(1, usual), 1, 1 << 20);
    }

    /** How many days an imagined history has already lasted. */
    public long getDays() {
        return number("days", 60, 0, MOST_DAYS);
    }

    /** What is in a field of the form. */
    public String count(String name) {
        return names().contains(name) ? Integer.toString(rules(name).maxBackups()) : "";
    }

    /** What is in a field of the form. */
    public String mib(String name) {
        return names().contains(name) ? Long.toString(rules(name).maxBytes() / MIB) : "";
    }

    /** The day, for its field. */
    public String getOn() {
        return on().toString();
    }

    /** The first day that can be asked about. */
    public String getFirst() {
        return today().toString();
    }

    /** The last one. */
    public String getLast() {
        return today().plusDays(MOST_DAYS).toString();
    }

    /** How long the trash keeps, which no organization decides. */
    public String getTrashPeriod() {
        return words.span(standing().rules().trashPeriod().toSeconds());
    }

    private long number(String name, long usual, long least, long most) {
        var text = visit.parameter(name);
        return text == null
                ? Math.min(most, Math.max(least, usual))
                : Numbers.of(name, text, least, most);
    }
}
