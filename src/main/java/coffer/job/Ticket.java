package coffer.job;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * A batchlet's word on its run: what the batch desk gave it, and what it says back.
 *
 * @param run the run
 * @param epoch how often it has been begun
 * @param at the instant it stands for; the same after a restart
 * @param step the step
 */
public record Ticket(Progress progress, UUID run, int epoch, Instant at, String step) {

    /** Of the texts that the JSL passes on. */
    public static Ticket of(Progress progress, String run, String epoch, String at, String step) {
        return new Ticket(
                progress, UUID.fromString(run), Integer.parseInt(epoch), Instant.parse(at), step);
    }

    /** Keeps the run this node's until the transaction ends; fails if it is another's. */
    public void hold() {
        progress.hold(run, epoch);
    }

    /** How many items there are in all. */
    public void total(long items) {
        progress.total(run, step, 0, items);
    }

    /** How many items are still to do. */
    public void left(long items) {
        progress.left(run, step, 0, items);
    }

    /** Adds what has been done, in the transaction that did it. */
    public void done(long items, @Nullable String mark) {
        progress.done(run, step, 0, items, mark);
    }
}
