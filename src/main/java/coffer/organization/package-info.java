/**
 * <b>Mission</b>: who belongs to whom: one owner, its distributors, their resellers, their
 * customers.
 *
 * <p><b>Face</b>: {@link coffer.organization.Organizations}.
 *
 * <p><b>Promises</b>: a tree by the rules of the wire contract, section 5; status is decided along
 * the path, so that suspending or deleting an organization holds for everything below it, whenever
 * that came there, and undoing it brings all back. Each change fires {@link
 * coffer.organization.OrganizationChanged} within its transaction.
 *
 * <p><b>Not here</b>: who may do so (access), how much may be stored (quota).
 */
@NullMarked
package coffer.organization;

import org.jspecify.annotations.NullMarked;
