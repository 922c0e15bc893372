package coffer.upkeep.reconcile;

import coffer.storage.Address;
import coffer.storage.ObjectReader.Listed;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A stretch of keys, held against the rows of the same stretch.
 *
 * @param upTo its last key; empty for the last stretch
 * @param objects how many objects, versions and delete markers are in it
 * @param orphans those that no row needs
 * @param absent rows that should have an object and have none in the listing
 * @param missized rows whose object has another size
 * @param strays keys that are no address
 */
record Stretch(
        Optional<String> upTo,
        int objects,
        List<Orphan> orphans,
        List<Row> absent,
        List<Row> missized,
        int strays) {

    /** The version that a store gives to what it had before it kept versions. */
    private static final String BEFORE_VERSIONS = "null";

    static Stretch of(Optional<String> upTo, List<Listed> listed, List<Row> rows) {
        var byAddress =
                rows.stream().collect(Collectors.toMap(Row::address, Function.identity(), Row::or));
        var byKey =
                listed.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Listed::key, LinkedHashMap::new, Collectors.toList()));
        var orphans = new ArrayList<Orphan>();
        var missized = new ArrayList<Row>();
        var strays = 0;
        for (var entry : byKey.entrySet()) {
            var row = byAddress.get(entry.getKey());
            if (row == null && Address.find(entry.getKey()).isEmpty()) {
                strays++;
            } else if (row == null) {
                entry.getValue().forEach(object -> orphans.add(new Orphan(object, false)));
            } else if (row.kept()) {
                var own = own(row, entry.getValue());
                if (own != null) {
                    byAddress.remove(row.address());
                    if (own.sizeBytes() != row.sizeBytes()) {
                        missized.add(row);
                    }
                    spare(row, own, entry.getValue()).forEach(orphans::add);
                }
            }
        }
        var absent = byAddress.values().stream().filter(Row::kept).toList();
        return new Stretch(upTo, listed.size(), orphans, absent, missized, strays);
    }

    /** The version that the copy is; null when it is not there. */
    private static @Nullable Listed own(Row row, List<Listed> versions) {
        var version = row.versionId() == null ? BEFORE_VERSIONS : row.versionId();
        var exact =
                versions.stream()
                        .filter(one -> !one.marker())
                        .filter(one -> one.versionId().isEmpty() || one.versionId().equals(version))
                        .findFirst();
        if (exact.isPresent() || row.versionId() != null) {
            return exact.orElse(null);
        }
        return versions.stream().filter(one -> !one.marker()).findFirst().orElse(null);
    }

    /** All versions but the copy's own; none where the catalogue does not say which that is. */
    private static List<Orphan> spare(Row row, Listed own, List<Listed> versions) {
        var sure = row.versionId() != null || own.versionId().equals(BEFORE_VERSIONS);
        return versions.stream()
                .filter(one -> sure && !one.equals(own))
                .map(one -> new Orphan(one, true))
                .toList();
    }
}
