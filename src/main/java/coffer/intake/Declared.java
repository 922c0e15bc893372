package coffer.intake;

import coffer.id.Caller;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * What a client says of a backup before it sends it.
 *
 * @param sizeBytes its Content-Length, at least 1
 * @param filename as sent; made safe before it is used
 * @param contentType as sent
 * @param sha256 the digest it declares, 64 hex digits, lower case
 * @param clientAddress for the audit trail only
 */
public record Declared(
        Caller.Appliance appliance,
        long sizeBytes,
        @Nullable String filename,
        @Nullable String contentType,
        Optional<String> sha256,
        String clientAddress) {}
