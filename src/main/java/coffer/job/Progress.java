package coffer.job;

import static jakarta.transaction.Transactional.TxType.REQUIRED;

import coffer.platform.NodeIdentity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/** How far a run is; and whether it is still this node's. */
@ApplicationScoped
public class Progress {

    private static final int MOST_CHARACTERS = 200;

    private final ProgressLedger ledger;
    private final NodeIdentity node;

    @Inject
    Progress(ProgressLedger ledger, NodeIdentity node) {
        this.ledger = ledger;
        this.node = node;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected Progress() {
        this(null, null);
    }

    /**
     * Keeps the run this node's until the transaction ends.
     *
     * @throws IllegalStateException when another node has it: the chunk must not be committed
     */
    @Transactional(REQUIRED)
    public void hold(UUID run, int epoch) {
        if (!ledger.hold(run, node.name(), epoch)) {
            throw new IllegalStateException("run " + run + " has gone to another node");
        }
    }

    /** Says how many items a step has before it, in all, those that are done included. */
    @Transactional(REQUIRED)
    public void total(UUID run, String step, int part, long total) {
        ledger.progress(run, step, part, 0, total, null);
    }

    /** Says how many items a step still has before it. */
    @Transactional(REQUIRED)
    public void left(UUID run, String step, int part, long left) {
        ledger.left(run, step, part, left);
    }

    /** Adds what has been done, and how far that is. */
    @Transactional(REQUIRED)
    public void done(UUID run, String step, int part, long items, @Nullable String mark) {
        var text =
                mark == null || mark.length() <= MOST_CHARACTERS
                        ? mark
                        : mark.substring(0, MOST_CHARACTERS);
        ledger.progress(run, step, part, items, null, text);
    }
}
