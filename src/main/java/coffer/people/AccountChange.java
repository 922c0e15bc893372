package coffer.people;

import coffer.id.Role;
import coffer.people.proof.PasswordHash;
import coffer.people.proof.ProviderTokens;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/** What an account shall be; null leaves the password as it is. */
record AccountChange(
        UUID organizationId,
        String username,
        String name,
        @Nullable String email,
        String locale,
        List<Role> roles,
        ProviderTokens.@Nullable Identity identity,
        boolean disabled,
        @Nullable PasswordHash password) {}
