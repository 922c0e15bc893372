package coffer.people;

import coffer.id.Caller;
import coffer.id.Role;
import coffer.id.Visibility;
import coffer.people.proof.NewPassword;
import coffer.people.proof.PasswordHash;
import coffer.people.proof.Passwords;
import coffer.platform.Ids;
import coffer.platform.Secret;
import coffer.platform.web.Paging;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Accounts as endpoints and pages manage them. Passwords are hashed here, outside of any
 * transaction; who may do what is decided by {@link Users}.
 */
@ApplicationScoped
public class UserDesk {

    private final Users users;
    private final UserListLedger list;
    private final Passwords passwords;
    private final Ids ids;

    @Inject
    UserDesk(Users users, UserListLedger list, Passwords passwords, Ids ids) {
        this.users = users;
        this.list = list;
        this.passwords = passwords;
        this.ids = ids;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected UserDesk() {
        this(null, null, null, null);
    }

    /**
     * Which accounts are wanted; null is no matter.
     *
     * @param below those of organizations below {@code organizationId}, too
     */
    public record Wanted(
            @Nullable String search,
            @Nullable UUID organizationId,
            boolean below,
            @Nullable String role) {}

    /** A page and how many there are in all. */
    public record Listing(List<UserView> users, Paging.Pagination pagination) {}

    /** An account and, this once, the password that was made up for it. */
    public record Created(UserView user, @Nullable String initialPassword) {}

    /** Accounts of the caller's subtree, by user name. */
    public Listing list(Caller.Person caller, Wanted wanted, Paging paging) {
        var filter = UserListLedger.Filter.of(Visibility.of(caller), wanted);
        var rows = list.page(filter, paging.offset(), paging.pageSize());
        return new Listing(
                rows.stream().map(row -> view(caller, row)).toList(),
                paging.of(list.count(filter)));
    }

    /** One account of the caller's subtree. */
    public UserView find(Caller.Person caller, UUID id) {
        return view(caller, users.find(caller, id));
    }

    /** Makes one; without a password and without an identity, a password is made up. */
    public Created create(Caller.Person caller, UserInput input) {
        var made =
                input.password() == null && input.identity() == null
                        ? NewPassword.random(ids)
                        : null;
        var hash = made == null ? hash(input, input.username()) : passwords.hash(made);
        return created(caller, users.create(caller, input, hash), made);
    }

    /** Changes one; what is left out stays. */
    public UserView update(Caller.Person caller, UUID id, UserInput input) {
        var before = users.find(caller, id);
        return view(caller, users.update(caller, id, input, hash(input, before.username())));
    }

    /** Gives it a password that is made up; its sessions end. */
    public Created resetPassword(Caller.Person caller, UUID id) {
        users.find(caller, id);
        var made = NewPassword.random(ids);
        return created(
                caller, users.update(caller, id, UserInput.NOTHING, passwords.hash(made)), made);
    }

    /** Ends one. */
    public void delete(Caller.Person caller, UUID id) {
        users.delete(caller, id);
    }

    /**
     * The roles that the caller may give.
     *
     * @param owner to an account of the owner's organization
     */
    public static List<String> roles(Caller.Person caller, boolean owner) {
        return Arrays.stream(Role.values())
                .filter(role -> Users.outranks(caller, List.of(role), owner))
                .map(Role::wire)
                .toList();
    }

    private @Nullable PasswordHash hash(UserInput input, @Nullable String username) {
        if (input.password() == null) {
            return null;
        }
        var name = username == null ? "" : UserChanges.username(username);
        return passwords.hash(NewPassword.check("password", name, input.password()));
    }

    private static Created created(Caller.Person caller, AccountRow row, @Nullable Secret made) {
        return new Created(view(caller, row), made == null ? null : made.reveal());
    }

    private static UserView view(Caller.Person caller, AccountRow row) {
        return UserView.of(row, Users.actions(caller, row));
    }
}
