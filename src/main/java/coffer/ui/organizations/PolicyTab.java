package coffer.ui.organizations;

import coffer.fleet.organizations.EffectivePolicy;
import coffer.fleet.organizations.PolicyDesk;
import coffer.fleet.organizations.PolicyInput;
import coffer.id.Permission;
import coffer.id.Permitted;
import coffer.platform.ByteSize;
import coffer.platform.Problem;
import coffer.ui.Addresses;
import coffer.ui.Entries;
import coffer.ui.Visit;
import coffer.ui.Words;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Function;

/** What holds for an organization and who decided it; and deciding it anew. */
@Named
@RequestScoped
@Permitted(Permission.ORGANIZATIONS_READ)
public class PolicyTab {

    private final Visit visit;
    private final Words words;
    private final Entries entries;
    private final OrganizationPage page;
    private final PolicyDesk desk;
    private @Nullable EffectivePolicy policy;

    @Inject
    PolicyTab(Visit visit, Words words, Entries entries, OrganizationPage page, PolicyDesk desk) {
        this.visit = visit;
        this.words = words;
        this.entries = entries;
        this.page = page;
        this.desk = desk;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected PolicyTab() {
        this(null, null, null, null, null);
    }

    /**
     * A rule that holds.
     *
     * @param source {@code own}, {@code above}, or {@code default}
     * @param from who decided it
     * @param address of theirs, or null
     */
    public record Line(
            String rule, String value, String source, String from, @Nullable String address) {}

    /** Each rule with its value. */
    public List<Line> getLines() {
        var now = policy();
        return List.of(
                line("max_backups", now.maxBackups(), count -> words.number(count)),
                line("max_bytes", now.maxBytes(), words::size),
                line("quota_bytes", now.quotaBytes(), this::quota),
                line("ciphertext", now.ciphertext(), word -> words.of("ciphertext", word)),
                line("downloads", now.downloads(), word -> words.of("downloads", word)));
    }

    /** What is decided about it itself, as the field of the form shows it. */
    public String own(String rule) {
        var own = page.getOrganization().policy();
        return switch (rule) {
            case "max_backups" -> own.maxBackups() == null ? "" : own.maxBackups().toString();
            case "max_bytes" -> size(own.maxBytes());
            case "quota_bytes" -> size(own.quotaBytes());
            case "ciphertext" -> own.ciphertext();
            default -> own.downloads();
        };
    }

    /** Sets the policy that was typed. */
    public void act() {
        if (!entries.sent() || visit.parameter("set-policy") == null) {
            return;
        }
        var wanted =
                new PolicyInput(
                        entries.size("quota_bytes"),
                        entries.number("max_backups"),
                        entries.size("max_bytes"),
                        visit.parameter("ciphertext"),
                        visit.parameter("downloads"));
        if (!entries.valid(wanted)) {
            return;
        }
        try {
            var id = page.getOrganization().id();
            desk.set(visit.caller(Permission.ORGANIZATIONS_MANAGE), id, wanted.wanted());
            visit.leaveTo(Addresses.noticed(Addresses.organization(id), "organization-set-policy"));
        } catch (Problem refused) {
            entries.refuse(refused);
        }
    }

    private <T> Line line(String rule, EffectivePolicy.Rule<T> held, Function<T, String> text) {
        var id = held.source().equals("above") ? held.organizationId() : null;
        return new Line(
                rule,
                text.apply(held.value()),
                held.source(),
                id == null
                        ? words.of("policy-source", held.source())
                        : String.valueOf(held.organizationName()),
                id == null ? null : Addresses.organization(id));
    }

    private String quota(long bytes) {
        return bytes == 0 ? words.of("policy", "no-quota") : words.size(bytes);
    }

    private static String size(@Nullable Long bytes) {
        return bytes == null ? "" : new ByteSize(bytes).toString();
    }

    private EffectivePolicy policy() {
        if (policy == null) {
            policy =
                    desk.effective(
                            visit.caller(Permission.ORGANIZATIONS_READ),
                            page.getOrganization().id());
        }
        return policy;
    }
}
