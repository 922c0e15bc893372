package coffer.people;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/**
 * What a client says about an account; what it leaves out stays as it is, or has its default.
 *
 * @param identity who a provider says they are; an empty issuer takes it away
 * @param password to be changed at the next sign-in; when an account is made without one and
 *     without an identity, one is made up and told once
 */
public record UserInput(
        @Nullable @Pattern(regexp = USERNAME, message = "must have 1 to 100 of a-z, 0-9 and ._@+-")
                String username,
        @Nullable @Size(min = 1, max = 200, message = "must have 1 to 200 characters") String name,
        @Nullable @Email(message = "must be an e-mail address") @Size(max = 254) String email,
        @Nullable @Pattern(regexp = "en|it", message = "must be en or it") String locale,
        @Nullable List<String> roles,
        @Nullable UUID organizationId,
        @Nullable Identity identity,
        @Nullable Boolean disabled,
        @Nullable String password) {

    static final String USERNAME = "[A-Za-z0-9][A-Za-z0-9._@+-]{0,99}";

    /** Leaves all as it is. */
    static final UserInput NOTHING =
            new UserInput(null, null, null, null, null, null, null, null, null);

    /** A provider and its word for the person. */
    public record Identity(@Nullable String issuer, @Nullable String subject) {}
}
