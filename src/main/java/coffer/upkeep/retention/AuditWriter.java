package coffer.upkeep.retention;

import coffer.retention.RetentionRules;

import jakarta.batch.api.BatchProperty;
import jakarta.batch.api.chunk.AbstractItemWriter;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Holds systems against their policy; a chunk that is done again finds nothing left to do. */
@Named("auditWriter")
@Dependent
class AuditWriter extends AbstractItemWriter {

    private static final int MOST_RULES = 10_000;

    private final Map<UUID, RetentionRules> rules = new HashMap<>();
    private final AuditDesk desk;
    private final UUID run;
    private final Instant at;
    private final boolean preview;

    @Inject
    AuditWriter(
            AuditDesk desk,
            @BatchProperty(name = "run") String run,
            @BatchProperty(name = "at") String at,
            @BatchProperty(name = "mode") String mode) {
        this.desk = desk;
        this.run = UUID.fromString(run);
        this.at = Instant.parse(at);
        this.preview = mode.equals("preview");
    }

    @Override
    public void writeItems(List<Object> items) {
        if (rules.size() > MOST_RULES) {
            rules.clear();
        }
        var acting = new ArrayList<SystemView>();
        var telling = new ArrayList<AuditDesk.Seen>();
        for (var item : items) {
            var view = (SystemView) item;
            var evaluation = Evaluation.of(view, rules(view), at);
            if (evaluation.acts() && !preview) {
                acting.add(view);
            } else if (evaluation.tells(view) || !view.openAlerts().isEmpty()) {
                telling.add(new AuditDesk.Seen(view, evaluation));
            }
        }
        desk.act(run, acting, at); // accounts are locked before anything else is
        desk.note(run, telling, preview);
    }

    /** As they were when this run first met the organization; the change itself asks again. */
    private RetentionRules rules(SystemView view) {
        var known = rules.get(view.organizationId());
        if (known == null) {
            known = desk.rules(view.organizationPath());
            rules.put(view.organizationId(), known);
        }
        return known;
    }
}
