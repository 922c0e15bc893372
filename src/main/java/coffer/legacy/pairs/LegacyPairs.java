package coffer.legacy.pairs;

import coffer.access.CredentialsChanged;
import coffer.access.MachineSecrets;
import coffer.audit.AuditTrail;
import coffer.id.Caller;
import coffer.id.Visibility;
import coffer.platform.Ids;
import coffer.platform.Mac;
import coffer.platform.Problem;
import coffer.platform.ProblemType;
import coffer.platform.web.Json;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** The pairs of the old platform, as administrators deal with them in their subtree. */
@ApplicationScoped
public class LegacyPairs {

    private static final int MOST_ERRORS = 100;
    private static final String DENIED = ProblemType.ACCESS_DENIED_TO_SYSTEM.message();

    /** A line whose system is known, with the digest of its secret. */
    private record Ready(PairFile.Line line, UUID systemId, Mac mac) {}

    private final PairLedger ledger;
    private final MachineSecrets secrets;
    private final AuditTrail trail;
    private final Event<CredentialsChanged> changes;
    private final Ids ids;

    @Inject
    LegacyPairs(
            PairLedger ledger,
            MachineSecrets secrets,
            AuditTrail trail,
            Event<CredentialsChanged> changes,
            Ids ids) {
        this.ledger = ledger;
        this.secrets = secrets;
        this.trail = trail;
        this.changes = changes;
        this.ids = ids;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected LegacyPairs() {
        this(null, null, null, null, null);
    }

    /**
     * Imports a file, whole or not at all. Secrets are hashed here and kept nowhere.
     *
     * @return how many pairs
     * @throws Problem {@code validation failed} with an error for each bad line, or {@code access
     *     denied to system} where one names a foreign system
     */
    @Transactional
    public int add(Caller.Person caller, String csv) {
        var file = PairFile.parse(csv);
        var errors = new ArrayList<>(file.errors());
        var ready = new ArrayList<Ready>();
        if (!file.lines().isEmpty()) {
            ledger.alone();
            check(Visibility.of(caller), file.lines(), ready, errors);
        }
        if (!errors.isEmpty()) {
            throw refusal(errors);
        }
        ledger.add(Json.text(ready.stream().map(this::row).toList()));
        ledger.register(ready.stream().map(Ready::systemId).distinct().toList());
        for (var one : ready) {
            trail.record(
                    caller,
                    "legacy.pair_imported",
                    "system:" + one.systemId(),
                    "done",
                    Map.of("legacy_id", one.line().legacyId()));
        }
        return ready.size();
    }

    private void check(
            Visibility visibility,
            List<PairFile.Line> lines,
            List<Ready> ready,
            List<PairFile.LineError> errors) {
        var systems = new HashMap<String, PairLedger.Named>();
        for (var named : ledger.named(lines.stream().map(PairFile.Line::system).toList())) {
            systems.put(named.systemKey(), named);
            systems.put(named.id().toString(), named);
        }
        var macs = new LinkedHashMap<PairFile.Line, Mac>();
        lines.forEach(line -> macs.put(line, secrets.digest(line.secret())));
        var taken =
                new HashSet<>(
                        ledger.taken(
                                lines.stream().map(PairFile.Line::legacyId).toList(),
                                macs.values().stream().map(LegacyPairs::hex).toList()));
        macs.forEach((line, mac) -> {
            var named = systems.get(line.system());
            if (named == null) {
                named = systems.get(line.system().toLowerCase(Locale.ROOT));
            }
            var message = message(visibility, named, taken, line, mac);
            if (message.isEmpty() && named != null) {
                ready.add(new Ready(line, named.id(), mac));
            } else {
                errors.add(new PairFile.LineError(line.number(), message, line.legacyId()));
            }
        });
    }

    private static String message(
            Visibility visibility,
            PairLedger.@Nullable Named named,
            HashSet<String> taken,
            PairFile.Line line,
            Mac mac) {
        if (named == null) {
            return ProblemType.SYSTEM_NOT_FOUND.message();
        }
        if (!visibility.covers(named.path())) {
            return DENIED;
        }
        if (named.deleted()) {
            return ProblemType.SYSTEM_DELETED.message();
        }
        if (taken.contains(line.legacyId())) {
            return "system_id is imported already";
        }
        return taken.contains(hex(mac)) ? "secret is imported already" : "";
    }

    private static Problem refusal(List<PairFile.LineError> errors) {
        var sorted =
                errors.stream()
                        .sorted(Comparator.comparingInt(PairFile.LineError::number))
                        .limit(MOST_ERRORS)
                        .map(error ->
                                Map.of(
                                        "key", "line " + error.number(),
                                        "message", error.message(),
                                        "value", error.value()))
                        .toList();
        var foreign = errors.stream().anyMatch(error -> error.message().equals(DENIED));
        return (foreign ? ProblemType.ACCESS_DENIED_TO_SYSTEM : ProblemType.VALIDATION)
                .with(Map.of("errors", sorted));
    }

    private Map<String, String> row(Ready one) {
        return Map.of(
                "id", ids.next().toString(),
                "appliance_id", one.systemId().toString(),
                "legacy_id", one.line().legacyId(),
                "key_id", one.mac().keyId(),
                "digest", hex(one.mac()));
    }

    /** Ends a pair on every node; the same id can be imported again. */
    @Transactional
    public void remove(Caller.Person caller, UUID pairId) {
        var named =
                ledger.systemOf(pairId)
                        .orElseThrow(ProblemType.LEGACY_PAIR_NOT_FOUND::withoutDetail);
        Visibility.of(caller).require(named.path(), ProblemType.ACCESS_DENIED_TO_SYSTEM);
        if (ledger.end(pairId)) {
            trail.record(
                    caller,
                    "legacy.pair_removed",
                    "system:" + named.id(),
                    "done",
                    Map.of("pair_id", pairId.toString()));
            changes.fire(CredentialsChanged.ofSystem(named.id()));
        }
    }

    /** A page of the pairs below the caller, by their system ids on the old platform. */
    @Transactional
    public List<PairRow> page(Caller.Person caller, int offset, int size) {
        return ledger.page(Visibility.of(caller).prefix(), offset, size);
    }

    /** How many there are. */
    @Transactional
    public long count(Caller.Person caller) {
        return ledger.count(Visibility.of(caller).prefix());
    }

    private static String hex(Mac mac) {
        return HexFormat.of().formatHex(mac.digest());
    }
}
