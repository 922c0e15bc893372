/**
 * <b>Mission</b>: somebody to begin with, in a catalogue that has no account.
 *
 * <p><b>Face</b>: none; it works at the start.
 *
 * <p><b>Promises</b>: one account, made by one node; its password works for one sign-in, then it
 * must be changed; it is printed on that node's console alone, once.
 *
 * <p><b>Not here</b>: all other accounts (people).
 */
@NullMarked
package coffer.people.first;

import org.jspecify.annotations.NullMarked;
