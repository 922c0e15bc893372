package coffer.ui.people;

import coffer.id.Permitted;
import coffer.people.PageDesk;
import coffer.people.UserInput;
import coffer.people.UserView;
import coffer.platform.Problem;
import coffer.platform.ProblemType;
import coffer.ui.Addresses;
import coffer.ui.Entries;
import coffer.ui.PageFilter;
import coffer.ui.Visit;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

/** One's own account: what others call one, and the language. */
@Named
@RequestScoped
@Permitted({})
public class AccountPage {

    static final String PATH = PageFilter.FOLDER + "account.xhtml";

    private final Visit visit;
    private final Entries entries;
    private final PageDesk desk;
    private @Nullable UserView account;

    @Inject
    AccountPage(Visit visit, Entries entries, PageDesk desk) {
        this.visit = visit;
        this.entries = entries;
        this.desk = desk;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected AccountPage() {
        this(null, null, null);
    }

    /** The account as others see it. */
    public UserView getAccount() {
        if (account == null) {
            account = desk.account(visitor());
        }
        return account;
    }

    /** Keeps what was typed. */
    public void act() {
        if (!entries.sent() || visit.parameter("save") == null) {
            return;
        }
        var name = entries.text("name");
        var locale = entries.text("locale");
        if (!entries.valid(new UserInput(null, name, null, locale, null, null, null, null, null))) {
            return;
        }
        try {
            desk.describe(visitor(), name, locale);
            visit.leaveTo(Addresses.noticed(PATH, "account"));
        } catch (Problem refused) {
            entries.refuse(refused);
        }
    }

    private PageDesk.Visitor visitor() {
        return visit.visitor().orElseThrow(ProblemType.AUTHORIZATION_REQUIRED::withoutDetail);
    }
}
