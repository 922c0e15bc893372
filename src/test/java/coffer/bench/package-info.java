/**
 * The benchmark: {@code ./mvnw -Pbench verify}.
 *
 * <p>Mission: say how fast Coffer is and what it costs, with figures that anyone can make again.
 *
 * <p>Face: {@link coffer.bench.Benchmark}.
 *
 * <p>Promises: everything that is measured is the real thing (Liberty, PostgreSQL with fsync,
 * Redis, an S3 store); the sender, the direct writer, the null store and each node are processes of
 * their own, so that each one's CPU time is its own; what is compared is measured in turn within
 * one run.
 *
 * <p>Not here: tests. Nothing fails when a goal is missed; the table says so.
 */
@NullMarked
package coffer.bench;

import org.jspecify.annotations.NullMarked;
