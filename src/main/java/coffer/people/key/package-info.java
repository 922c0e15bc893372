/**
 * <b>Mission</b>: API keys, by which a program acts for a person.
 *
 * <p><b>Face</b>: {@code /api/me/api-keys}.
 *
 * <p><b>Promises</b>: the text of a key is told once; a key may never more than its person, never
 * what its scope leaves out, and never destroy; it ends by itself.
 *
 * <p><b>Not here</b>: recognising a key that calls (people).
 */
@NullMarked
package coffer.people.key;

import org.jspecify.annotations.NullMarked;
