package coffer.fleet;

import java.time.Instant;
import java.util.UUID;

/**
 * A legal hold that is open.
 *
 * @param setBy the caller who set it, as the audit trail names them
 * @param setByOrganizationId whose level, or one above it, lifts it
 * @param liftable by this caller
 */
public record HoldView(
        UUID id,
        String reason,
        String setBy,
        UUID setByOrganizationId,
        Instant setAt,
        boolean liftable) {}
