/**
 * <b>Mission</b>: people: their accounts, how they sign in, and what they may call.
 *
 * <p><b>Face</b>: {@link coffer.people.PermissionFilter}, which enforces {@link
 * coffer.id.Permitted} on every resource method; {@link coffer.people.PageDesk}, the same for the
 * pages; {@link coffer.people.ProviderDesk}, the way in and out by the provider.
 *
 * <p><b>Promises</b>: a method that does not say who may call it is called by nobody.
 *
 * <p><b>Not here</b>: systems and their secrets (access), where a thing stands in the tree (the
 * thing's folder).
 */
@NullMarked
package coffer.people;

import org.jspecify.annotations.NullMarked;
