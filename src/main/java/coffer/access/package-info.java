/**
 * <b>Mission</b>: every credential, with the status that decides it. A revoked one is refused on
 * every node within a second with Redis, within 30 s without (invariant 6).
 *
 * <p><b>Face</b>: {@link coffer.access.ApplianceAccess} (who calls?), {@link
 * coffer.access.ApplianceOnly} and {@link coffer.id.CurrentCaller} (for resources), {@link
 * coffer.access.MachineSecrets} (issue, rotate, end, prove).
 *
 * <p><b>Promises</b>: a secret is never stored nor kept in memory past its request, only keyed
 * digests; unknown credentials cost what known ones cost, and memory stays bounded whoever tries
 * whatever.
 *
 * <p><b>Not here</b>: what a caller may do with a backup (backup), people (sign-in).
 */
@NullMarked
package coffer.access;

import org.jspecify.annotations.NullMarked;
