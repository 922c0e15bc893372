package coffer.ui.simulator;

import coffer.retention.Candidate;
import coffer.retention.Kept;
import coffer.retention.Playback;
import coffer.ui.Words;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What one policy leaves on the day that is looked at.
 *
 * @param name {@code a} or {@code b}
 * @param count live backups that it allows
 * @param mib live mebibytes that it allows
 * @param weeks the calendar, from Mondays to Sundays
 * @param kept what is there, the newest first
 * @param gone what has left so far, the latest first
 */
public record Side(
        String name,
        int count,
        long mib,
        String live,
        String trash,
        long refused,
        List<Week> weeks,
        List<Line> kept,
        List<Line> gone) {

    private static final int WEEKS = 10;
    private static final int MOST_GONE = 30;

    /** Copies. */
    public Side {
        weeks = List.copyOf(weeks);
        kept = List.copyOf(kept);
        gone = List.copyOf(gone);
    }

    /** A row of the calendar. */
    public record Week(List<Cell> cells) {

        /** Copies. */
        public Week {
            cells = List.copyOf(cells);
        }
    }

    /**
     * A day.
     *
     * @param date as ISO 8601 writes it
     * @param kind {@code live}, {@code trashed}, {@code gone}, {@code none} or {@code later}
     */
    public record Cell(String date, String label, String kind, String title) {}

    /** A backup with what becomes of it. */
    public record Line(String backup, String size, String what, String why) {}

    static Side of(String name, int count, long mib, Simulation played, Words words) {
        var end = played.last();
        var live = end.kept().stream().filter(Side::isLive).toList();
        var trash = end.kept().stream().filter(one -> !isLive(one)).toList();
        return new Side(
                name,
                count,
                mib,
                words.with("signs.kept-of", words.number(live.size()), words.size(bytes(live))),
                words.with("signs.kept-of", words.number(trash.size()), words.size(bytes(trash))),
                played.days().stream().mapToLong(Playback.Day::refused).sum(),
                weeks(played, words),
                kept(end, words),
                gone(played, words));
    }

    private static List<Week> weeks(Simulation played, Words words) {
        var end = played.last();
        var sunday = end.day().with(TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY));
        var came = played.came();
        var weeks = new ArrayList<Week>();
        for (var monday = sunday.minusWeeks(WEEKS).plusDays(1);
                monday.isBefore(sunday);
                monday = monday.plusWeeks(1)) {
            var cells = new ArrayList<Cell>();
            for (var i = 0; i < 7; i++) {
                cells.add(cell(monday.plusDays(i), end, came.contains(monday.plusDays(i)), words));
            }
            weeks.add(new Week(cells));
        }
        return weeks;
    }

    private static Cell cell(LocalDate date, Playback.Day end, boolean came, Words words) {
        var there = end.kept().stream().filter(one -> day(one.uploadedAt()).equals(date)).toList();
        var live = there.stream().filter(Side::isLive).count();
        var kind =
                date.isAfter(end.day())
                        ? "later"
                        : live > 0 ? "live" : !there.isEmpty() ? "trashed" : came ? "gone" : "none";
        var label = words.day(date.atStartOfDay(ZoneOffset.UTC).toInstant());
        return new Cell(
                date.toString(),
                Integer.toString(date.getDayOfMonth()),
                kind,
                label
                        + ": "
                        + words.of("cell", kind)
                        + (there.isEmpty()
                                ? ""
                                : " " + words.with("timeline.kept", live, there.size() - live)));
    }

    private static List<Line> kept(Playback.Day end, Words words) {
        var now = end.day().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().minusSeconds(1);
        var lines =
                new ArrayList<>(
                        Kept.of(end.kept(), now).stream()
                                .sorted(Comparator.comparing(Side::isTrashed))
                                .map(one ->
                                        line(
                                                one.backup(),
                                                isLive(one.backup()) ? "live" : "trashed",
                                                words.of("kept", one.why().name()),
                                                words))
                                .toList());
        var firstTrashed = (int) end.kept().stream().filter(Side::isLive).count();
        Collections.reverse(lines.subList(0, firstTrashed));
        Collections.reverse(lines.subList(firstTrashed, lines.size()));
        return lines;
    }

    private static List<Line> gone(Simulation played, Words words) {
        var lines = new ArrayList<Line>();
        for (var day : played.days()) {
            for (var event : day.events()) {
                lines.add(
                        line(
                                event.backup(),
                                event.action().name().toLowerCase(Locale.ROOT),
                                words.day(event.at())
                                        + ": "
                                        + words.of("reason", event.reason().name()),
                                words));
            }
        }
        Collections.reverse(lines);
        return lines.subList(0, Math.min(MOST_GONE, lines.size()));
    }

    private static Line line(Candidate one, String what, String why, Words words) {
        return new Line(words.at(one.uploadedAt()), words.size(one.sizeBytes()), what, why);
    }

    private static boolean isTrashed(Kept one) {
        return !isLive(one.backup());
    }

    private static boolean isLive(Candidate one) {
        return one.place() == Candidate.Place.LIVE;
    }

    private static long bytes(List<Candidate> backups) {
        return backups.stream().mapToLong(Candidate::sizeBytes).sum();
    }

    static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }
}
