/**
 * <b>Mission</b>: how a person proves who they are: passwords, our own tokens and the keys that
 * sign them, tokens of a provider.
 *
 * <p><b>Face</b>: {@link coffer.people.proof.Passwords}, {@link coffer.people.proof.AccessTokens},
 * {@link coffer.people.proof.RefreshTokens}, {@link coffer.people.proof.ApiKeyText}, {@link
 * coffer.people.proof.ProviderTokens}, {@link coffer.people.proof.ProviderSignIn}, {@link
 * coffer.people.proof.ProviderSignOut}.
 *
 * <p><b>Promises</b>: nothing here that is stored yields a password, a token or a key without the
 * pepper; a node hashes only so many passwords at once.
 *
 * <p><b>Not here</b>: which account it is, and whether it may sign in (people).
 */
@NullMarked
package coffer.people.proof;

import org.jspecify.annotations.NullMarked;
