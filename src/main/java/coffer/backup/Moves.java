package coffer.backup;

import coffer.platform.Log;
import coffer.platform.Sql;
import coffer.quota.UsageChange;
import coffer.retention.Candidate;
import coffer.retention.Verdict;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What retention's verdicts move: to the trash, or away for good. */
final class Moves {

    private final Map<UUID, Candidate> kept;
    private final Set<UUID> erased = new LinkedHashSet<>();
    private final Set<UUID> retired = new LinkedHashSet<>();
    private Optional<Sql<Set<UUID>>> dooming = Optional.empty();
    private Optional<Sql<Set<UUID>>> trashing = Optional.empty();

    /**
     * @param claims live backups that the upload said it would push out: they go in any case,
     *     unless somebody has put a pin or a hold on them since
     */
    Moves(UUID systemId, List<Candidate> kept, List<Verdict> verdicts, Collection<UUID> claims) {
        this.kept = kept.stream().collect(Collectors.toMap(Candidate::id, Function.identity()));
        for (var verdict : verdicts) {
            if (this.kept.containsKey(verdict.id())) {
                (verdict.action() == Verdict.Action.ERASE ? erased : retired).add(verdict.id());
                Log.info(
                        "backup.retired",
                        "backup_id",
                        verdict.id(),
                        "system_id",
                        systemId,
                        "action",
                        verdict.action(),
                        "reason",
                        verdict.reason());
            }
        }
        for (var claim : claims) {
            var candidate = this.kept.get(claim);
            if (candidate != null
                    && candidate.place() == Candidate.Place.LIVE
                    && !candidate.pinned()
                    && !candidate.held()
                    && !erased.contains(claim)) {
                retired.add(claim);
            }
        }
    }

    Set<UUID> erased() {
        return erased;
    }

    Set<UUID> retired() {
        return retired;
    }

    /** The statements that make them, to be sent together with others. */
    List<Sql<?>> statements() {
        var statements = new ArrayList<Sql<?>>();
        if (!erased.isEmpty()) {
            dooming = Optional.of(BackupLedger.dooming(erased));
            statements.add(dooming.get());
        }
        if (!retired.isEmpty()) {
            trashing = Optional.of(BackupLedger.trashing(retired, "retention"));
            statements.add(trashing.get());
        }
        return statements;
    }

    /** What they will change, if nobody makes one of them first. */
    UsageChange expected(UsageChange before) {
        return change(before, erased, retired);
    }

    /** What they did change; their statements must have been sent. */
    UsageChange made(UsageChange before) {
        return change(
                before,
                dooming.map(Sql::result).orElse(Set.of()),
                trashing.map(Sql::result).orElse(Set.of()));
    }

    /** What the moves of these change. */
    UsageChange change(UsageChange before, Set<UUID> gone, Set<UUID> trashed) {
        var change = before;
        for (var id : gone) {
            var candidate = candidate(id);
            change =
                    candidate.place() == Candidate.Place.LIVE
                            ? change.erasedLive(candidate.sizeBytes())
                            : change.erasedTrash(candidate.sizeBytes());
        }
        for (var id : trashed) {
            change = change.retired(candidate(id).sizeBytes());
        }
        return change;
    }

    private Candidate candidate(UUID id) {
        return Objects.requireNonNull(kept.get(id));
    }
}
