package coffer.ui.systems;

import coffer.fleet.backups.BackupOutlook;
import coffer.ui.Words;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Ninety days as bars.
 *
 * @param summary the same in words
 * @param first the day of the first bar
 * @param last the day of the last one
 */
public record Timeline(List<Bar> bars, String summary, String first, String last) {

    static final int DAYS = 90;

    private static final int WIDTH = 8;
    private static final int HEIGHT = 40;

    /** Copies. */
    public Timeline {
        bars = List.copyOf(bars);
    }

    /**
     * One day.
     *
     * @param kind {@code live}, {@code trashed}, {@code gone} or {@code none}
     * @param x where it begins
     * @param y where it ends; the lower, the more backups came
     */
    public record Bar(String kind, int x, int y, int height, String title) {}

    static Timeline of(List<BackupOutlook.Day> days, LocalDate today, Words words) {
        var byDay =
                days.stream()
                        .collect(Collectors.toMap(BackupOutlook.Day::day, Function.identity()));
        var bars = new ArrayList<Bar>();
        var gap = 0;
        var longest = 0;
        for (var i = 0; i < DAYS; i++) {
            var date = today.minusDays(DAYS - 1L - i);
            var day = byDay.get(date);
            gap = day == null ? gap + 1 : 0;
            longest = Math.max(longest, gap);
            bars.add(bar(i * WIDTH, date, day, words));
        }
        return new Timeline(
                bars,
                words.with("timeline.summary", days.size(), DAYS, longest),
                words.day(today.minusDays(DAYS - 1L).atStartOfDay(ZoneOffset.UTC).toInstant()),
                words.day(today.atStartOfDay(ZoneOffset.UTC).toInstant()));
    }

    private static Bar bar(
            int x,
            LocalDate date,
            BackupOutlook.@org.jspecify.annotations.Nullable Day day,
            Words words) {
        var label = words.day(date.atStartOfDay(ZoneOffset.UTC).toInstant());
        if (day == null) {
            return new Bar("none", x, HEIGHT - 3, 3, words.with("timeline.none", label));
        }
        var kind = day.live() > 0 ? "live" : day.trashed() > 0 ? "trashed" : "gone";
        var height = (int) Math.min(HEIGHT, 16 + 4 * day.came());
        return new Bar(
                kind,
                x,
                HEIGHT - height,
                height,
                words.with("timeline.day", label, words.number(day.came()))
                        + " "
                        + words.with("timeline.kept", day.live(), day.trashed()));
    }
}
