/**
 * <b>Mission</b>: a person hears of what needs a hand, once, and of its end.
 *
 * <p><b>Face</b>: {@link coffer.alert.Alerts}, {@link coffer.alert.AlertKind}; {@link
 * coffer.alert.AlertDesk} for people.
 *
 * <p><b>Promises</b>: opened and resolved by facts, in the transaction of the fact; at most one
 * open alert per code and subject; who has seen one is told once, and ends nothing.
 *
 * <p><b>Not here</b>: showing alerts (ui), sending them (channels).
 */
@NullMarked
package coffer.alert;

import org.jspecify.annotations.NullMarked;
