/**
 * <b>Mission</b>: the tree of organizations over HTTP: who may see and do what there.
 *
 * <p><b>Face</b>: {@link coffer.fleet.organizations.OrganizationDesk}.
 *
 * <p><b>Promises</b>: nobody acts on their own organization, nor gives it more than those above
 * allow; a move carries usage along exactly, or does nothing.
 *
 * <p><b>Not here</b>: the tree itself (organization), counters (quota).
 */
@NullMarked
package coffer.fleet.organizations;

import org.jspecify.annotations.NullMarked;
