package coffer.fleet;

import coffer.alert.AlertKind;
import coffer.alert.Alerts;
import coffer.platform.Executors;
import coffer.platform.Log;
import coffer.platform.NodeSettings;
import coffer.platform.Schema;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import java.util.Map;

/**
 * Opens an alert for each system whose backups are overdue or that has fallen silent, and resolves
 * it when that is over. Facts alone decide, so it may run at any time, on any node, any number of
 * times; nodes with the role {@code jobs} do every few minutes, one at a time.
 */
@ApplicationScoped
public class StateWatch {

    private static final int MOST = 500;

    /** What a look has changed. */
    public record Reviewed(int opened, int resolved) {}

    private final StateLedger ledger;
    private final Alerts alerts;
    private final FleetSettings settings;

    @Inject
    StateWatch(StateLedger ledger, Alerts alerts, FleetSettings settings) {
        this.ledger = ledger;
        this.alerts = alerts;
        this.settings = settings;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected StateWatch() {
        this(null, null, null);
    }

    /**
     * One look, at most {@value #MOST} alerts of each kind; the next goes on. Nothing while another
     * node looks.
     */
    @Transactional
    public Reviewed review() {
        if (!ledger.alone()) {
            return new Reviewed(0, 0);
        }
        var opened = 0;
        var resolved = 0;
        for (var kind : new AlertKind[] {AlertKind.BACKUP_OVERDUE, AlertKind.SYSTEM_SILENT}) {
            for (var subject : ledger.over(kind, settings.silentAfter(), MOST)) {
                alerts.resolve(kind, subject);
                resolved++;
            }
            for (var subject : ledger.missing(kind, settings.silentAfter(), MOST)) {
                alerts.open(kind, subject, Map.of());
                opened++;
            }
        }
        return new Reviewed(opened, resolved);
    }

    /** Looks again and again. */
    @ApplicationScoped
    static class Rounds {

        private final StateWatch watch;
        private final Executors executors;
        private final NodeSettings node;
        private final FleetSettings settings;

        @Inject
        Rounds(StateWatch watch, Executors executors, NodeSettings node, FleetSettings settings) {
            this.watch = watch;
            this.executors = executors;
            this.node = node;
            this.settings = settings;
        }

        /** For the client proxy. */
        @SuppressWarnings("NullAway")
        protected Rounds() {
            this(null, null, null, null);
        }

        void start(@Observes Schema.Ready ready) {
            if (node.has("jobs")) {
                executors.every(settings.review(), "fleet.review", this::look);
            }
        }

        private void look() {
            var reviewed = watch.review();
            if (reviewed.opened() + reviewed.resolved() > 0) {
                Log.info(
                        "fleet.reviewed",
                        "opened",
                        reviewed.opened(),
                        "resolved",
                        reviewed.resolved());
            }
        }
    }
}
