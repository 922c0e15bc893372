/**
 * <b>Mission</b>: what a subtree has lately done, and where a thing is of which only the id is
 * known.
 *
 * <p><b>Face</b>: {@link coffer.fleet.activity.UploadDays}, {@link
 * coffer.fleet.activity.BackupPlaces}.
 *
 * <p><b>Promises</b>: only what the caller sees; days that are over are counted once.
 *
 * <p><b>Not here</b>: lists of systems and of backups (fleet, fleet.backups).
 */
@NullMarked
package coffer.fleet.activity;

import org.jspecify.annotations.NullMarked;
