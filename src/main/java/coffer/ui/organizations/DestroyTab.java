package coffer.ui.organizations;

import coffer.erasure.PurgeRow;
import coffer.erasure.Purges;
import coffer.id.Permission;
import coffer.id.Permitted;
import coffer.platform.Problem;
import coffer.ui.Addresses;
import coffer.ui.Entries;
import coffer.ui.Visit;
import coffer.ui.Words;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

/** Has an organization erased for good; its name must be typed. */
@Named
@RequestScoped
@Permitted({Permission.ORGANIZATIONS_READ, Permission.ORGANIZATIONS_DESTROY})
public class DestroyTab {

    private final Visit visit;
    private final Words words;
    private final Entries entries;
    private final OrganizationPage page;
    private final Purges purges;

    @Inject
    DestroyTab(Visit visit, Words words, Entries entries, OrganizationPage page, Purges purges) {
        this.visit = visit;
        this.words = words;
        this.entries = entries;
        this.page = page;
        this.purges = purges;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected DestroyTab() {
        this(null, null, null, null, null);
    }

    /** Where the erasure is shown that was asked for, or null. */
    public @Nullable String getPurge() {
        return purges.ofOrganization(
                        visit.caller(Permission.ORGANIZATIONS_READ), page.getOrganization().id())
                .map(PurgeRow::id)
                .map(Addresses::purge)
                .orElse(null);
    }

    /** Does it, if the name is right. */
    public void act() {
        if (!entries.sent() || visit.parameter("destroy") == null) {
            return;
        }
        try {
            var caller = visit.caller(Permission.ORGANIZATIONS_DESTROY);
            var organization = page.getOrganization();
            if (!entries.text("typed_name").equals(organization.name().strip())) {
                entries.wrong("typed_name", words.of("wrong", "typed_name"));
                return;
            }
            var purge = purges.destroyOrganization(caller, organization.id());
            purges.begin(caller, purge.id());
            visit.leaveTo(Addresses.noticed(Addresses.purge(purge.id()), "purge-begun"));
        } catch (Problem refused) {
            entries.refuse(refused);
        }
    }
}
