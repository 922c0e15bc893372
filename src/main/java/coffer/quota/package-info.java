/**
 * <b>Mission</b>: nobody uses more than they may, exactly, whoever asks at the same time.
 *
 * <p><b>Face</b>: {@link coffer.quota.Quotas} (bytes, in PostgreSQL) and {@link
 * coffer.quota.UploadRates} (uploads a minute and an hour, in Redis or on the node).
 *
 * <p><b>Promises</b>: live + reserved bytes of every system and organization equal the catalogue,
 * in every committed state (invariant 4); what a reservation charged is given back to the very
 * tiers that it charged.
 *
 * <p><b>Not here</b>: which backups make room (retention), and what an upload does with a refusal
 * (backup).
 */
@NullMarked
package coffer.quota;

import org.jspecify.annotations.NullMarked;
