package coffer.appliance;

import org.jspecify.annotations.Nullable;

/**
 * What an administrator says of a new system.
 *
 * @param name 1 to 200 characters
 * @param type {@code firewall} or another word, or null
 * @param fqdn its host name, or null
 */
public record ApplianceDescription(String name, @Nullable String type, @Nullable String fqdn) {}
