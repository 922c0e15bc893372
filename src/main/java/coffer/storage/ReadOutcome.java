package coffer.storage;

import java.time.Duration;

/** What became of a question to the store. */
public sealed interface ReadOutcome<T> {

    /** The store's answer. */
    record Found<T>(T value) implements ReadOutcome<T> {}

    /** The store and the bucket are there, the object is not. */
    record Absent<T>() implements ReadOutcome<T> {}

    /** The store is away: nothing is known about the object. */
    record Unavailable<T>(Duration retryAfter, String cause) implements ReadOutcome<T> {}

    /** The store said no: wrong key, missing bucket, a range outside the object. */
    record Refused<T>(String cause) implements ReadOutcome<T> {}
}
