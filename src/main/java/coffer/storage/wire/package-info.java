/**
 * <b>Mission</b>: how bytes leave for a store with as little work as can be: a signature over a
 * digest that is known already, and an HTTP client that writes large blocks.
 *
 * <p><b>Face</b>: {@link coffer.storage.wire.KnownDigestScheme}, {@link
 * coffer.storage.wire.LeanHttpClient}.
 *
 * <p><b>Promises</b>: nothing is hashed twice; an abandoned answer closes its connection.
 *
 * <p><b>Not here</b>: S3's operations (storage).
 */
@NullMarked
package coffer.storage.wire;

import org.jspecify.annotations.NullMarked;
