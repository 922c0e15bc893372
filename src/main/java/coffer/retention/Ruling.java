package coffer.retention;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** What retention says to an upload or a night. */
public sealed interface Ruling {

    /**
     * It may happen, and this happens with it.
     *
     * @param verdicts at most one per backup; retirements first, in the order of choice
     * @param daySpent the earlier UTC day that is given up for good by this, to be recorded for the
     *     current UTC day; empty if none, or if it had been recorded before
     * @param overfull why more stays than the caps or the trash's hard limit allow, if so
     */
    record Accepted(List<Verdict> verdicts, Optional<LocalDate> daySpent, Optional<Reason> overfull)
            implements Ruling {

        /** Copies the list. */
        public Accepted {
            verdicts = List.copyOf(verdicts);
        }
    }

    /**
     * The upload must not happen; nothing else does.
     *
     * @param why the reason
     * @param maxBytes the cap of the system
     */
    record Refused(Reason why, long maxBytes) implements Ruling {}
}
