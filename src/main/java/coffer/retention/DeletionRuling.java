package coffer.retention;

import java.util.List;

/** What retention says to an appliance's own deletion. */
public sealed interface DeletionRuling {

    /**
     * It goes to the trash.
     *
     * @param verdicts its retirement first, then the clutter that it pushes out of the trash
     */
    record Accepted(List<Verdict> verdicts) implements DeletionRuling {

        /** Copies the list. */
        public Accepted {
            verdicts = List.copyOf(verdicts);
        }
    }

    /** The trash has no room that clutter could make. */
    record TrashFull() implements DeletionRuling {}

    /** The backup is pinned or held. */
    record Protected() implements DeletionRuling {}

    /** There is no such live backup. */
    record Absent() implements DeletionRuling {}
}
