/**
 * <b>Mission</b>: bytes into, out of and out of existence in any S3-compatible object store.
 *
 * <p><b>Face</b>: {@link coffer.storage.Destinations}, which hands out {@link
 * coffer.storage.ObjectWriter}, {@link coffer.storage.ObjectReader} and {@link
 * coffer.storage.ObjectEraser}: three types with three keys, each built only on nodes whose roles
 * need it; {@link coffer.storage.Addresses}.
 *
 * <p><b>Promises</b>: one request per upload whatever its size; every call has a timeout and every
 * retry an end; expected failures are outcomes, not exceptions; no address outside the own
 * installation is ever erased; what a store can do is probed, not assumed; no type of the S3 SDK
 * leaves this folder.
 *
 * <p><b>Not here</b>: when something may be erased (retention, backup), the outbox (backup), spool
 * files (backup).
 */
@NullMarked
package coffer.storage;

import org.jspecify.annotations.NullMarked;
