/**
 * <b>Mission</b>: the installed base of the platform that Coffer replaces keeps its backups coming
 * without a firmware change, and operators see who still has to move (wire contract, section 3).
 *
 * <p><b>Face</b>: {@link coffer.legacy.pairs.LegacyPairs} (for administrators: import, list,
 * remove); {@link coffer.legacy.LegacyFilter} and the resources, one for each protocol.
 *
 * <p><b>Promises</b>: an upload that was not stored for a reason of ours, or for one that a retry
 * may cure, is a broken transfer; one refused by the client's fault is an alert; every call counts.
 *
 * <p><b>Not here</b>: which path is an old one (platform.web), whether a pair is right (access),
 * the way of an upload (intake), lists and removal (backup), heartbeats and inventories
 * (appliance).
 */
@NullMarked
package coffer.legacy;

import org.jspecify.annotations.NullMarked;
