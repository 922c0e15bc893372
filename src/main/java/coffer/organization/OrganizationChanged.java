package coffer.organization;

import java.util.UUID;

/**
 * A CDI event, fired within the transaction of the change; observe it after its success.
 *
 * @param id the organization
 * @param change {@code created}, {@code suspended}, {@code reactivated}, {@code deleted}, {@code
 *     restored} or {@code moved}
 */
public record OrganizationChanged(UUID id, String change) {}
