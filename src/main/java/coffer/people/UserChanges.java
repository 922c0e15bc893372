package coffer.people;

import static coffer.platform.web.Paging.invalid;

import coffer.id.Caller;
import coffer.id.Role;
import coffer.people.proof.PasswordHash;
import coffer.people.proof.ProviderTokens;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Turns what a client says about an account into what the account shall be. */
final class UserChanges {

    private UserChanges() {}

    static AccountChange created(
            Caller.Person caller, UserInput input, @Nullable PasswordHash password) {
        var username = username(Objects.requireNonNull(input.username()));
        return new AccountChange(
                input.organizationId() == null ? caller.organizationId() : input.organizationId(),
                username,
                input.name() == null ? username : input.name(),
                input.email(),
                input.locale() == null ? "en" : input.locale(),
                roles(input.roles() == null ? List.of(Role.READER.wire()) : input.roles()),
                identity(input.identity(), null),
                Boolean.TRUE.equals(input.disabled()),
                password);
    }

    static AccountChange changed(
            AccountRow before, UserInput input, @Nullable PasswordHash password) {
        return new AccountChange(
                input.organizationId() == null
                        ? before.organization().id()
                        : input.organizationId(),
                input.username() == null ? before.username() : username(input.username()),
                input.name() == null ? before.name() : input.name(),
                input.email() == null ? before.email() : input.email(),
                input.locale() == null ? before.locale() : input.locale(),
                input.roles() == null ? before.roles() : roles(input.roles()),
                identity(input.identity(), before.identity()),
                input.disabled() == null ? before.disabledAt() != null : input.disabled(),
                password);
    }

    /** True for what nobody decides about themselves. */
    static boolean isAboutStanding(AccountRow before, AccountChange change) {
        return !change.organizationId().equals(before.organization().id())
                || !change.roles().equals(before.roles())
                || !Objects.equals(change.identity(), before.identity())
                || change.disabled()
                || change.password() != null;
    }

    /** For the audit trail: which fields, and of those that are no personal data, what. */
    static Map<String, ?> differences(AccountRow before, AccountChange change) {
        var changed = new LinkedHashMap<String, Object>();
        if (!change.organizationId().equals(before.organization().id())) {
            changed.put("organization_id", change.organizationId());
        }
        if (!change.roles().equals(before.roles())) {
            changed.put("roles", change.roles().stream().map(Role::wire).toList());
        }
        if (change.disabled() != (before.disabledAt() != null)) {
            changed.put("disabled", change.disabled());
        }
        if (change.password() != null) {
            changed.put("password", "set");
        }
        if (!change.username().equals(before.username())) {
            changed.put("username", change.username());
        }
        if (!change.name().equals(before.name())
                || !Objects.equals(change.email(), before.email())
                || !change.locale().equals(before.locale())) {
            changed.put("profile", "changed");
        }
        if (!Objects.equals(change.identity(), before.identity())) {
            changed.put("identity", "changed");
        }
        return changed;
    }

    static String username(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    private static List<Role> roles(List<String> texts) {
        if (texts.isEmpty()) {
            throw invalid("roles", "must not be empty", "");
        }
        return texts.stream()
                .map(text ->
                        Role.of(String.valueOf(text))
                                .orElseThrow(() ->
                                        invalid(
                                                "roles",
                                                "must be of super-admin, admin, support,"
                                                        + " backoffice, reader",
                                                text)))
                .distinct()
                .sorted()
                .toList();
    }

    private static ProviderTokens.@Nullable Identity identity(
            UserInput.@Nullable Identity input, ProviderTokens.@Nullable Identity before) {
        if (input == null) {
            return before;
        }
        if (input.issuer() == null || input.issuer().isBlank()) {
            return null;
        }
        if (input.subject() == null || input.subject().isBlank()) {
            throw invalid("identity", "needs issuer and subject", "");
        }
        return new ProviderTokens.Identity(input.issuer(), input.subject());
    }
}
