package coffer.organization;

import java.util.UUID;

/**
 * A CDI event, fired within the transaction of the change; observe it after its success.
 *
 * @param id the organization
 * @param change {@code created}, {@code suspended}, {@code reactivated}, {@code deleted} or {@code
 *     restored}
 */
public record OrganizationChanged(UUID id, String change) {}
