/**
 * <b>Mission</b>: the steps of the jobs {@code gdpr-purge} and {@code erasure-replay}.
 *
 * <p><b>Face</b>: none; {@code batch-jobs/} names them.
 *
 * <p><b>Promises</b>: a chunk calls a store first and books afterwards, in its own transaction; no
 * step waits for anything.
 *
 * <p><b>Not here</b>: what is booked, and when an erasure moves on (the folder above).
 */
@NullMarked
package coffer.erasure.steps;

import org.jspecify.annotations.NullMarked;
