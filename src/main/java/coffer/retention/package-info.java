/**
 * <b>Mission</b>: decides which backups of a system are kept, which go to the trash and which go
 * for good, so that a flood of uploads, many small or one huge, thins itself and cannot burn
 * history.
 *
 * <p><b>Face</b>: {@link coffer.retention.RetentionPolicy}.
 *
 * <p><b>Promises</b>: pure: (candidates, rules, now) in, verdicts with reasons out; the same input
 * gives the same output, whatever the order of the candidates; O(n log n) in their number. Never
 * the newest, nothing pinned or held, never the last healthy backup; of earlier UTC days at most
 * one per UTC day for good, clutter apart (docs/adr/0010-retention-rule.md).
 *
 * <p><b>Not here</b>: reading the catalogue, moving states, deleting objects, the nightly job
 * (backup); the configured caps (quota).
 */
@NullMarked
package coffer.retention;

import org.jspecify.annotations.NullMarked;
