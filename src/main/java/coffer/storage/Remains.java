package coffer.storage;

import java.time.Duration;

/** What a look at an address found: the proof that a purge needs. */
public sealed interface Remains {

    /** No version, no delete marker, no unfinished multipart upload. */
    record Nothing() implements Remains {}

    /** Some are left. */
    record Some(int versions, int markers, int uploads) implements Remains {}

    /** The store could not be asked. */
    record Unknown(Duration retryAfter, String cause) implements Remains {}
}
