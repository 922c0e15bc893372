/**
 * <b>Mission</b>: what every folder above stands on and none of them owns: time, random ids,
 * settings, log lines, refusals on the wire, the shared Redis.
 *
 * <p><b>Face</b>: see the public types.
 *
 * <p><b>Promises</b>: knows nothing of backups; Jedis, clocks and random numbers are used here and
 * nowhere else.
 *
 * <p><b>Not here</b>: words of the field (id), credentials (access), objects (storage).
 */
@NullMarked
package coffer.platform;

import org.jspecify.annotations.NullMarked;
