package coffer.upkeep.retention;

import coffer.job.Progress;

import jakarta.batch.api.BatchProperty;
import jakarta.batch.api.chunk.AbstractItemReader;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;

/** Reads the systems of one part by id, a page with three statements. */
@Named("auditReader")
@Dependent
class AuditReader extends AbstractItemReader {

    private static final int PAGE = 250;

    private final AuditLedger ledger;
    private final Progress progress;
    private final UUID run;
    private final Instant at;
    private final int part;
    private final int parts;
    private final Deque<SystemView> page = new ArrayDeque<>();
    private UUID last = new UUID(0, 0);

    @Inject
    AuditReader(
            AuditLedger ledger,
            Progress progress,
            @BatchProperty(name = "run") String run,
            @BatchProperty(name = "at") String at,
            @BatchProperty(name = "part") String part,
            @BatchProperty(name = "parts") String parts) {
        this.ledger = ledger;
        this.progress = progress;
        this.run = UUID.fromString(run);
        this.at = Instant.parse(at);
        this.part = Integer.parseInt(part);
        this.parts = Integer.parseInt(parts);
    }

    @Override
    public void open(@Nullable Serializable checkpoint) {
        if (checkpoint != null) {
            last = (UUID) checkpoint;
        }
        progress.total(run, "audit", part, ledger.count(part, parts));
    }

    @Override
    public @Nullable SystemView readItem() {
        if (page.isEmpty()) {
            var systems = ledger.systems(part, parts, last, at, PAGE);
            if (systems.isEmpty()) {
                return null;
            }
            var ids = systems.stream().map(row -> (UUID) row[0]).toList();
            page.addAll(SystemViews.of(systems, ledger.kept(ids), ledger.alerts(ids)));
        }
        var next = page.remove();
        last = next.id();
        return next;
    }

    @Override
    public Serializable checkpointInfo() {
        return last;
    }
}
