package coffer.backup;

import org.jspecify.annotations.Nullable;

/** Where a backup's bytes can be read. */
public record CopyRow(String destination, String address, @Nullable String versionId) {}
