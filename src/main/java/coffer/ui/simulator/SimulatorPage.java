package coffer.ui.simulator;

import static coffer.id.Permission.BACKUPS_READ;
import static coffer.id.Permission.ORGANIZATIONS_MANAGE;
import static coffer.platform.ProblemType.ORGANIZATION_NOT_FOUND;

import coffer.fleet.SystemView;
import coffer.fleet.organizations.OrganizationDesk;
import coffer.fleet.organizations.PolicyDesk;
import coffer.id.Permitted;
import coffer.organization.OrganizationPolicy;
import coffer.platform.Problem;
import coffer.ui.Addresses;
import coffer.ui.Ids;
import coffer.ui.PageFilter;
import coffer.ui.Visit;
import coffer.ui.Words;
import coffer.ui.systems.OrganizationChoice;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * What a rule will do, on any coming day, to a system's backups or to imagined ones; two rules side
 * by side. All of the question is in the address.
 */
@Named
@RequestScoped
@Permitted(BACKUPS_READ)
public class SimulatorPage {

    private static final String PATH = PageFilter.FOLDER + "simulator.xhtml";
    private static final long MIB = 1 << 20;
    private static final List<String> NAMES =
            List.of(
                    "system", "every", "size", "days", "a-count", "a-mib", "b-count", "b-mib",
                    "on");

    private final Visit visit;
    private final Words words;
    private final History history;
    private final OrganizationDesk organizations;
    private final PolicyDesk policies;
    private final OrganizationChoice choice;
    private @Nullable List<Side> sides;
    private @Nullable String failure;

    @Inject
    SimulatorPage(
            Visit visit,
            Words words,
            History history,
            OrganizationDesk organizations,
            PolicyDesk policies,
            OrganizationChoice choice) {
        this.visit = visit;
        this.words = words;
        this.history = history;
        this.organizations = organizations;
        this.policies = policies;
        this.choice = choice;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected SimulatorPage() {
        this(null, null, null, null, null, null);
    }

    /** The system whose backups they are, or null for imagined ones. */
    public @Nullable SystemView getSystem() {
        return history.system();
    }

    /** The question, so that the form has what was asked. */
    public History getAsked() {
        return history;
    }

    /** One policy, or two. */
    public List<Side> getSides() {
        if (sides == null) {
            sides = new ArrayList<>();
            for (var name : history.names()) {
                var rules = history.rules(name);
                sides.add(
                        Side.of(
                                name,
                                rules.maxBackups(),
                                rules.maxBytes() / MIB,
                                history.under(rules),
                                words));
            }
        }
        return sides;
    }

    /** The day that is looked at. */
    public String getDay() {
        return words.day(history.on().atStartOfDay(java.time.ZoneOffset.UTC).toInstant());
    }

    /** The same question about another day, or null beyond what can be asked. */
    public @Nullable String turn(int days) {
        var to = history.on().plusDays(days);
        return history.mayAsk(to) ? here().with("on", to).toString() : null;
    }

    private Addresses here() {
        var here = Addresses.of(PATH);
        NAMES.forEach(name -> here.with(name, visit.parameter(name)));
        return here;
    }

    /** True for whoever may decide a policy somewhere. */
    public boolean isMayApply() {
        return visit.may(ORGANIZATIONS_MANAGE);
    }

    /** Where it may be applied. */
    public OrganizationChoice.Choice getChoice() {
        return choice.choice(visit.caller(BACKUPS_READ));
    }

    /** The organization that is proposed. */
    public String getProposed() {
        var system = history.system();
        return system == null ? "" : system.organization().id().toString();
    }

    /** Gives a policy to an organization; what else is decided about it stays. */
    public void apply() {
        var name = visit.parameter("apply");
        if (!visit.request().getMethod().equals("POST") || name == null) {
            return;
        }
        try {
            var caller = visit.caller(ORGANIZATIONS_MANAGE);
            var id = Ids.of(visit.parameter("organization"), ORGANIZATION_NOT_FOUND);
            var now = organizations.find(caller, id).policy();
            var rules = history.rules(name);
            policies.set(
                    caller,
                    id,
                    new OrganizationPolicy(
                            now.quotaBytes(),
                            rules.maxBackups(),
                            rules.maxBytes(),
                            now.ciphertext(),
                            now.downloads()));
            visit.leaveTo(
                    Addresses.noticed(Addresses.ours(visit.parameter("back")), "policy-applied"));
        } catch (Problem refused) {
            failure = words.problem(refused);
        }
    }

    /** Why it was not applied, or null. */
    public @Nullable String getFailure() {
        return failure;
    }

    /** What the dialog before it asks. */
    public String question(Side side) {
        return words.with(
                "simulator.apply.question", words.number(side.count()), words.number(side.mib()));
    }
}
