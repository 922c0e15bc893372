package coffer.backup;

import static coffer.platform.NativeSql.instant;
import static coffer.platform.NativeSql.number;

import coffer.retention.Candidate;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * What a system has at one moment, as retention has to know it.
 *
 * @param now the moment, by the catalogue's clock
 * @param uploadsInFlight reservations whose lease still runs
 * @param spent the earlier day that was given up on this UTC day, if one was
 * @param kept live and trashed, oldest first
 * @param repeated the newest healthy live backup, if it has the digest that was asked for
 */
record Stock(
        Instant now,
        int uploadsInFlight,
        Optional<LocalDate> spent,
        List<Candidate> kept,
        Optional<UUID> repeated) {

    /** At least one row; a system without backups has one whose backup is null. */
    static Stock of(List<@Nullable Object[]> rows) {
        var first = rows.getFirst();
        var kept = new ArrayList<Candidate>(rows.size());
        var repeated = Optional.<UUID>empty();
        for (var row : rows) {
            if (row[3] != null) {
                var candidate = candidate(row);
                kept.add(candidate);
                if (candidate.place() == Candidate.Place.LIVE && candidate.healthy()) {
                    repeated =
                            Boolean.TRUE.equals(row[13])
                                    ? Optional.of(candidate.id())
                                    : Optional.empty();
                }
            }
        }
        return new Stock(
                instant(first[0]),
                (int) number(first[1]),
                Optional.ofNullable((String) first[2]).map(LocalDate::parse),
                kept,
                repeated);
    }

    private static Candidate candidate(@Nullable Object[] row) {
        var live = "STORED".equals(row[7]);
        return new Candidate(
                (UUID) row[3],
                number(row[4]),
                instant(row[5]),
                number(row[6]),
                live ? Candidate.Place.LIVE : Candidate.Place.TRASHED,
                (boolean) row[8],
                (boolean) row[14],
                (boolean) row[10],
                row[9] == null ? null : instant(row[9]),
                (boolean) row[11] && live,
                row[12] == null || row[9] == null
                        ? null
                        : Candidate.Trasher.valueOf(((String) row[12]).toUpperCase(Locale.ROOT)));
    }
}
