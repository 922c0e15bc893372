package coffer.ui.simulator;

import coffer.retention.Candidate;
import coffer.retention.Playback;
import coffer.retention.RetentionRules;
import coffer.retention.Rhythm;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * A history under one rule.
 *
 * @param before what was there at its begin
 * @param days each day, in order
 */
record Simulation(Collection<Candidate> before, List<Playback.Day> days) {

    Simulation {
        before = List.copyOf(before);
        days = List.copyOf(days);
    }

    /** Played to the end of its last day. */
    static Simulation of(
            Collection<Candidate> before,
            RetentionRules rules,
            Rhythm rhythm,
            LocalDate first,
            LocalDate last) {
        var playback = new Playback(before, rules);
        return new Simulation(
                before,
                LongStream.rangeClosed(0, last.toEpochDay() - first.toEpochDay())
                        .mapToObj(first::plusDays)
                        .map(day -> playback.day(day, rhythm.on(day)))
                        .toList());
    }

    Playback.Day last() {
        return days.getLast();
    }

    /** UTC days on which a backup came that was there at the begin, or was taken since. */
    Collection<LocalDate> came() {
        var came = new TreeSet<LocalDate>();
        before.forEach(one -> came.add(Side.day(one.uploadedAt())));
        days.stream().filter(day -> day.stored() > 0).forEach(day -> came.add(day.day()));
        return came;
    }
}
