package coffer.ui.systems;

import static coffer.id.Permission.SYSTEMS_MANAGE;
import static coffer.platform.ProblemType.ORGANIZATION_NOT_FOUND;

import coffer.appliance.ApplianceDescription;
import coffer.fleet.Systems;
import coffer.id.Caller;
import coffer.id.Permitted;
import coffer.platform.Problem;
import coffer.platform.web.HttpSettings;
import coffer.ui.Addresses;
import coffer.ui.Ids;
import coffer.ui.Visit;
import coffer.ui.Words;
import coffer.ui.once.Once;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/** A new system in two steps: what it is, and then its secret, this once. */
@Named
@RequestScoped
@Permitted(SYSTEMS_MANAGE)
public class NewSystemPage {

    private final Visit visit;
    private final Words words;
    private final Systems systems;
    private final OrganizationChoice organizations;
    private final HttpSettings http;
    private final Once once;
    private @Nullable ToldSecret told;
    private @Nullable String failure;

    @Inject
    NewSystemPage(
            Visit visit,
            Words words,
            Systems systems,
            OrganizationChoice organizations,
            HttpSettings http,
            Once once) {
        this.visit = visit;
        this.words = words;
        this.systems = systems;
        this.organizations = organizations;
        this.http = http;
        this.once = once;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected NewSystemPage() {
        this(null, null, null, null, null, null);
    }

    /** Makes it if the button was pressed; the answer to that is the only one with the secret. */
    public void create() {
        var caller = visit.caller(SYSTEMS_MANAGE);
        if (!visit.request().getMethod().equals("POST") || visit.parameter("create") == null) {
            return;
        }
        try {
            once.tell(() -> make(caller));
        } catch (Problem refused) {
            failure = words.problem(refused);
        }
    }

    private String make(Caller.Person caller) {
        var made =
                systems.create(
                        caller,
                        Ids.of(visit.parameter("organization"), ORGANIZATION_NOT_FOUND),
                        new ApplianceDescription(
                                typed("name"), visit.parameter("type"), visit.parameter("fqdn")));
        told = ToldSecret.of("create", made.system(), made.secret(), http.publicUrl().toString());
        return Addresses.noticed(Addresses.system(made.system().id()), "told-system");
    }

    /** The second step, or null. */
    public @Nullable ToldSecret getTold() {
        return told;
    }

    /** Why there is none, or null. */
    public @Nullable String getFailure() {
        return failure;
    }

    /** Where it may belong. */
    public OrganizationChoice.Choice getChoice() {
        return organizations.choice(visit.caller(SYSTEMS_MANAGE));
    }

    /** What was typed, so that a refusal costs nobody the form. */
    public String typed(String name) {
        return Objects.requireNonNullElse(visit.parameter(name), "");
    }
}
