/**
 * <b>Mission</b>: the words that every folder above speaks: who calls ({@link coffer.id.Caller}).
 *
 * <p><b>Face</b>: {@link coffer.id.Caller}.
 *
 * <p><b>Promises</b>: immutable values, no I/O, no framework.
 *
 * <p><b>Not here</b>: deciding whether a caller may do something (access).
 */
@NullMarked
package coffer.id;

import org.jspecify.annotations.NullMarked;
