/**
 * Runs a test's own methods inside a node (Arquillian), for promises that no endpoint can show:
 * what a transaction leaves behind, and what two of them do at once. The node is the one that every
 * other test starts, with the configuration of production.
 */
@NullMarked
package coffer.launch.inside;

import org.jspecify.annotations.NullMarked;
