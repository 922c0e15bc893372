/**
 * <b>Mission</b>: the pages about people: accounts of a subtree, one's own account and its keys.
 *
 * <p><b>Face</b>: the beans of {@code people.xhtml}, {@code person.xhtml}, {@code new-person.xhtml}
 * and {@code account.xhtml}.
 *
 * <p><b>Promises</b>: a password that was made up, and an API key, are in one answer and no other.
 *
 * <p><b>Not here</b>: any rule, sign-in (people); the form for one's own password (ui).
 */
@NullMarked
package coffer.ui.people;

import org.jspecify.annotations.NullMarked;
