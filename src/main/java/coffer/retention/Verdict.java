package coffer.retention;

import java.util.UUID;

/**
 * What happens to one backup. There is at most one verdict on each.
 *
 * @param id the backup
 * @param action what happens to it
 * @param reason why
 */
public record Verdict(UUID id, Action action, Reason reason) {

    /** What can happen to a backup. */
    public enum Action {
        /** From live to the trash. */
        RETIRE,
        /** For good, from the trash or (see {@link Reason}) from live. */
        ERASE
    }
}
