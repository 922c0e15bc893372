package coffer.storage;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** What a look into a system's folder found, and what became of it. */
public sealed interface Sweep {

    /** What is looked for. */
    enum Kind {
        VERSION,
        DELETE_MARKER,
        MULTIPART_UPLOAD
    }

    /** Something that lies in a folder. */
    record Thing(Kind kind, String key, String versionId) {}

    /** No version, no delete marker, no unfinished multipart upload. */
    record Clean() implements Sweep {}

    /** There was something; the store says that all of it is gone now. Look again. */
    record Swept(int things) implements Sweep {}

    /**
     * Something is still there.
     *
     * @param until when a lock ends, if it is one that says so
     */
    record Left(String reason, @Nullable Instant until) implements Sweep {}

    /** The store could not be asked. */
    record Unknown(String cause) implements Sweep {}
}
