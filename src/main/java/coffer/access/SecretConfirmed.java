package coffer.access;

import java.util.UUID;

/**
 * A CDI event, fired within the transaction of a pending secret's first use: the system has its new
 * credential and needs no other.
 *
 * @param systemId whose it is
 */
public record SecretConfirmed(UUID systemId) {}
