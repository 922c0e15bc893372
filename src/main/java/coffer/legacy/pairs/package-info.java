/**
 * <b>Mission</b>: administrators map the pairs of the replaced platform to systems, and see who
 * still uses them.
 *
 * <p><b>Face</b>: {@link coffer.legacy.pairs.LegacyPairs}.
 *
 * <p><b>Promises</b>: a file is imported whole or not at all; a secret is hashed on arrival and
 * told to nobody; a removed pair ends on every node.
 *
 * <p><b>Not here</b>: what a pair opens (access), what systems do with it (legacy).
 */
@NullMarked
package coffer.legacy.pairs;

import org.jspecify.annotations.NullMarked;
