package coffer.storage;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** What became of one address that was to be erased. */
public sealed interface EraseOutcome {

    /**
     * Nothing is readable there any more; in a versioned bucket a listing showed no version and no
     * delete marker afterwards. A store without versions says so of an address that never existed,
     * too.
     */
    record Erased() implements EraseOutcome {}

    /** A listing showed that there was nothing. */
    record Absent() implements EraseOutcome {}

    /** Something is left, or may be. */
    record Failed(String reason, boolean retryable) implements EraseOutcome {}

    /** A version is held by the bucket's object lock; null until means a legal hold. */
    record Locked(@Nullable Instant until) implements EraseOutcome {}
}
