package coffer.ui.people;

import coffer.id.Caller;
import coffer.id.Permission;
import coffer.id.Permitted;
import coffer.people.UserDesk;
import coffer.people.UserInput;
import coffer.platform.Problem;
import coffer.platform.ProblemType;
import coffer.ui.Addresses;
import coffer.ui.Entries;
import coffer.ui.Ids;
import coffer.ui.Visit;
import coffer.ui.once.Once;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/** What is decided about an account: each button carries its id, and does one thing. */
@Named
@RequestScoped
@Permitted(Permission.USERS_READ)
public class AccountTab {

    private final Visit visit;
    private final Entries entries;
    private final PersonPage page;
    private final UserDesk desk;
    private final Once once;
    private UserDesk.@Nullable Created told;

    @Inject
    AccountTab(Visit visit, Entries entries, PersonPage page, UserDesk desk, Once once) {
        this.visit = visit;
        this.entries = entries;
        this.page = page;
        this.desk = desk;
        this.once = once;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected AccountTab() {
        this(null, null, null, null, null);
    }

    /** The account with its new password, in the one answer that tells it; else null. */
    public UserDesk.@Nullable Created getTold() {
        return told;
    }

    /** Does what the button says that was pressed. */
    public void act() {
        if (entries.sent()) {
            if (visit.parameter("update") == null || entries.valid(typed())) {
                pressed("update", ProblemType.USER_NOT_FOUND, this::update);
            }
            pressed("move", ProblemType.ORGANIZATION_NOT_FOUND, this::move);
            pressed("disable", ProblemType.USER_NOT_FOUND, (by, id) -> disabled(by, id, true));
            pressed("enable", ProblemType.USER_NOT_FOUND, (by, id) -> disabled(by, id, false));
            reset();
            pressed("delete", ProblemType.USER_NOT_FOUND, this::delete);
        }
    }

    private UserInput typed() {
        var roles = page.getRoles().isEmpty() ? null : entries.ticked("roles");
        return new UserInput(
                null,
                entries.text("name"),
                visit.parameter("email"),
                visit.parameter("locale"),
                roles,
                null,
                null,
                null,
                null);
    }

    private String update(Caller.Person caller, UUID id) {
        desk.update(caller, id, typed());
        return Addresses.person(id);
    }

    private String move(Caller.Person caller, UUID organization) {
        var id = page.getPerson().id();
        desk.update(
                caller,
                id,
                new UserInput(null, null, null, null, null, organization, null, null, null));
        return Addresses.person(id);
    }

    private String disabled(Caller.Person caller, UUID id, boolean disabled) {
        desk.update(
                caller,
                id,
                new UserInput(null, null, null, null, null, null, null, disabled, null));
        return Addresses.person(id);
    }

    private void reset() {
        var text = visit.parameter("reset");
        if (text == null) {
            return;
        }
        try {
            var caller = visit.caller(Permission.USERS_MANAGE);
            var id = Ids.of(text, ProblemType.USER_NOT_FOUND);
            once.tell(() -> {
                told = desk.resetPassword(caller, id);
                return Addresses.noticed(Addresses.person(id), "told-password");
            });
            page.forget();
        } catch (Problem refused) {
            entries.refuse(refused);
        }
    }

    private String delete(Caller.Person caller, UUID id) {
        desk.delete(caller, id);
        return Addresses.PEOPLE;
    }

    private void pressed(String button, ProblemType missing, Work work) {
        var id = visit.parameter(button);
        if (id == null) {
            return;
        }
        try {
            var caller = visit.caller(Permission.USERS_MANAGE);
            var about = Ids.of(id, missing);
            once.go(() -> Addresses.noticed(work.on(caller, about), "person-" + button));
        } catch (Problem refused) {
            entries.refuse(refused);
        }
    }

    /** What a button does; where to next. */
    private interface Work {
        String on(Caller.Person caller, UUID id);
    }
}
