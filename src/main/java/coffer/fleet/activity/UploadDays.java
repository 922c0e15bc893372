package coffer.fleet.activity;

import coffer.id.Caller;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many backups a subtree has sent on each of the last days. Days that are over do not change
 * any more but by erasure: they are counted once a day and organization, and today's each time.
 */
@ApplicationScoped
public class UploadDays {

    /** How many days are told of, today's included. */
    public static final int DAYS = 28;

    private static final int MOST = 500;

    /** Backups and their bytes. */
    public record Sum(long backups, long bytes) {

        static final Sum NONE = new Sum(0, 0);
    }

    /** A UTC day. */
    public record Day(LocalDate day, long backups, long bytes) {}

    private record Past(LocalDate today, Map<LocalDate, Sum> days) {}

    private final ActivityLedger ledger;
    private final Clock clock;

    /** By path; the one that nobody asked for longest goes first. */
    private final Map<String, Past> known = new LinkedHashMap<>(16, 0.75f, true);

    @Inject
    UploadDays(ActivityLedger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected UploadDays() {
        this(null, null);
    }

    /** The last {@value #DAYS} days, the oldest first. */
    @Transactional
    public List<Day> of(Caller.Person caller) {
        var path = BackupPlaces.path(caller);
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var past = past(path, today);
        var now = ledger.uploads(path, today, today.plusDays(1));
        var days = new ArrayList<Day>();
        for (var ago = DAYS - 1; ago >= 0; ago--) {
            var day = today.minusDays(ago);
            var sum = (ago == 0 ? now : past).getOrDefault(day, Sum.NONE);
            days.add(new Day(day, sum.backups(), sum.bytes()));
        }
        return days;
    }

    private Map<LocalDate, Sum> past(String path, LocalDate today) {
        synchronized (known) {
            var past = known.get(path);
            if (past != null && past.today().equals(today)) {
                return past.days();
            }
        }
        var days = Map.copyOf(ledger.uploads(path, today.minusDays(DAYS - 1L), today));
        synchronized (known) {
            known.put(path, new Past(today, days));
            if (known.size() > MOST) {
                known.remove(known.keySet().iterator().next());
            }
        }
        return days;
    }
}
