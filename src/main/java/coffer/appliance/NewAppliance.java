package coffer.appliance;

import coffer.platform.Secret;

/**
 * A system just made.
 *
 * @param secret told here and never again
 */
public record NewAppliance(ApplianceRow row, Secret secret) {}
