/**
 * <b>Mission</b>: real PostgreSQL, Redis, object store and Liberty nodes on a machine that has only
 * a JDK, for {@code ./mvnw} and for the tests alike.
 *
 * <p><b>Face</b>: {@link coffer.launch.Parts}, {@link coffer.launch.Instance}, {@link
 * coffer.launch.Node}, {@link coffer.launch.Launcher}.
 *
 * <p><b>Promises</b>: every wait is bounded; nothing listens beyond this machine; what was started
 * is stopped, and what a killed run left behind is ended by the next one.
 *
 * <p><b>Not here</b>: anything that a production server carries.
 */
@NullMarked
package coffer.launch;

import org.jspecify.annotations.NullMarked;
