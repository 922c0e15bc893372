/**
 * <b>Mission</b>: the systems whose backups are kept (the API says <i>system</i>), and what they
 * tell of themselves.
 *
 * <p><b>Face</b>: {@link coffer.appliance.Appliances} (for administrators), {@link
 * coffer.appliance.RegistrationDesk}, {@link coffer.appliance.HeartbeatDesk} and {@link
 * coffer.appliance.InventoryDesk} (for the systems themselves).
 *
 * <p><b>Promises</b>: texts, codes and order of refusals as in the wire contract, section 2; a
 * change of a system's state ends or restores its credentials with the same transaction.
 *
 * <p><b>Not here</b>: secrets (access), backups (backup), usage (quota).
 */
@NullMarked
package coffer.appliance;

import org.jspecify.annotations.NullMarked;
