package coffer.retention;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** Finds what the generations of a policy want, by the calendar of its zone. */
final class Calendar {

    private record Entry(UUID id, Instant at, ZonedDateTime local) {}

    private Calendar() {}

    /** The ids of the live backups, the arrival among them, that some generation wants. */
    static Set<UUID> wanted(Generations generations, Collection<Candidate> live, Arrival arrival) {
        var zone = generations.zone();
        var newestFirst =
                Stream.concat(
                                Stream.of(
                                        new Entry(
                                                arrival.id(),
                                                arrival.at(),
                                                arrival.at().atZone(zone))),
                                live.stream()
                                        .sorted(Comparator.comparingLong(Candidate::seq).reversed())
                                        .map(backup ->
                                                new Entry(
                                                        backup.id(),
                                                        backup.uploadedAt(),
                                                        backup.uploadedAt().atZone(zone))))
                        .toList();
        var wanted = new HashSet<UUID>();
        keep(wanted, newestFirst, generations.hourly(), Calendar::hour);
        keep(wanted, newestFirst, generations.daily(), ZonedDateTime::toLocalDate);
        keep(wanted, newestFirst, generations.weekly(), Calendar::week);
        keep(wanted, newestFirst, generations.monthly(), YearMonth::from);
        newestFirst.stream()
                .filter(entry -> generations.within(entry.at(), arrival.at()))
                .forEach(entry -> wanted.add(entry.id()));
        return wanted;
    }

    private static void keep(
            Set<UUID> wanted,
            List<Entry> newestFirst,
            int periods,
            Function<ZonedDateTime, Object> period) {
        var seen = new HashSet<>();
        for (var entry : newestFirst) {
            if (seen.size() == periods) {
                return;
            }
            if (seen.add(period.apply(entry.local()))) {
                wanted.add(entry.id());
            }
        }
    }

    /** With its offset: the hour that a clock set back repeats is two. */
    private static Object hour(ZonedDateTime local) {
        return local.truncatedTo(ChronoUnit.HOURS).toOffsetDateTime();
    }

    private static Object week(ZonedDateTime local) {
        return local.toLocalDate().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }
}
