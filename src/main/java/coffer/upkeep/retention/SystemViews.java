package coffer.upkeep.retention;

import static coffer.platform.NativeSql.instant;
import static coffer.platform.NativeSql.number;

import coffer.quota.UsageChange;
import coffer.retention.Candidate;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Makes {@link SystemView}s of what the ledger has read. */
final class SystemViews {

    private SystemViews() {}

    static List<SystemView> of(
            List<Object[]> systems, List<Object[]> backups, List<Object[]> alerts) {
        var kept = new HashMap<UUID, List<Candidate>>();
        var kinds = new HashMap<UUID, List<String>>();
        for (var row : backups) {
            var candidate = candidate(row);
            kept.computeIfAbsent((UUID) row[0], any -> new ArrayList<>()).add(candidate);
            if (candidate.place() == Candidate.Place.LIVE) {
                kinds.computeIfAbsent((UUID) row[0], any -> new ArrayList<>())
                        .add(String.valueOf(row[11]));
            }
        }
        var open = new HashMap<UUID, Set<String>>();
        for (var row : alerts) {
            open.computeIfAbsent((UUID) row[0], any -> new HashSet<>()).add((String) row[1]);
        }
        return systems.stream().map(row -> view(row, kept, kinds, open)).toList();
    }

    private static SystemView view(
            Object[] row,
            Map<UUID, List<Candidate>> kept,
            Map<UUID, List<String>> kinds,
            Map<UUID, Set<String>> open) {
        var id = (UUID) row[0];
        return new SystemView(
                id,
                path((String) row[1]),
                new UsageChange(
                        (int) number(row[2]), number(row[3]), (int) number(row[4]), number(row[5])),
                (String) row[8],
                Optional.ofNullable((String) row[7]).map(LocalDate::parse),
                kept.getOrDefault(id, List.of()),
                kinds.getOrDefault(id, List.of()),
                open.getOrDefault(id, Set.of()),
                row[6] == null ? null : instant(row[6]));
    }

    static List<Candidate> candidates(List<Object[]> backups) {
        return backups.stream().map(SystemViews::candidate).toList();
    }

    static List<UUID> path(String text) {
        return Arrays.stream(text.split("/", -1))
                .filter(word -> !word.isEmpty())
                .map(UUID::fromString)
                .toList();
    }

    private static Candidate candidate(Object[] row) {
        return new Candidate(
                (UUID) row[1],
                number(row[2]),
                instant(row[3]),
                number(row[4]),
                "STORED".equals(row[5]) ? Candidate.Place.LIVE : Candidate.Place.TRASHED,
                (boolean) row[6],
                (boolean) row[12],
                (boolean) row[8],
                row[7] == null ? null : instant(row[7]),
                (boolean) row[9] && "STORED".equals(row[5]),
                row[10] == null || row[7] == null
                        ? null
                        : Candidate.Trasher.valueOf(((String) row[10]).toUpperCase(Locale.ROOT)));
    }
}
