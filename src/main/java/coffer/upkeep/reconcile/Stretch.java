package coffer.upkeep.reconcile;

import coffer.storage.Address;
import coffer.storage.ObjectReader.Listed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A stretch of keys, held against the rows of the same stretch.
 *
 * @param upTo its last key; empty for the last stretch
 * @param objects how many objects are in it
 * @param unowned objects that no row knows
 * @param absent rows that should have an object and have none in the listing
 * @param missized rows whose object has another size
 * @param strays keys that are no address
 */
record Stretch(
        Optional<String> upTo,
        int objects,
        List<Listed> unowned,
        List<Row> absent,
        List<Row> missized,
        int strays) {

    static Stretch of(Optional<String> upTo, List<Listed> listed, List<Row> rows) {
        var byAddress =
                rows.stream().collect(Collectors.toMap(Row::address, Function.identity(), Row::or));
        var seen = listed.stream().map(Listed::key).collect(Collectors.toSet());
        var unowned = new ArrayList<Listed>();
        var missized = new ArrayList<Row>();
        var strays = 0;
        for (var object : listed) {
            var row = byAddress.get(object.key());
            if (row == null && Address.find(object.key()).isEmpty()) {
                strays++;
            } else if (row == null) {
                unowned.add(object);
            } else if (row.kept() && row.sizeBytes() != object.sizeBytes()) {
                missized.add(row);
            }
        }
        var absent =
                byAddress.values().stream()
                        .filter(row -> row.kept() && !seen.contains(row.address()))
                        .toList();
        return new Stretch(upTo, listed.size(), unowned, absent, missized, strays);
    }
}
