/**
 * <b>Mission</b>: the words that every folder above speaks: who calls ({@link coffer.id.Caller}),
 * what a role allows ({@link coffer.id.Permission}), what a person sees ({@link
 * coffer.id.Visibility}), and how an endpoint says who may call it.
 *
 * <p><b>Face</b>: {@link coffer.id.Caller}, {@link coffer.id.CurrentCaller}, {@link
 * coffer.id.Permitted}, {@link coffer.id.Open}, {@link coffer.id.Visibility}.
 *
 * <p><b>Promises</b>: immutable values, no I/O.
 *
 * <p><b>Not here</b>: finding out who calls (access for systems, people for people).
 */
@NullMarked
package coffer.id;

import org.jspecify.annotations.NullMarked;
