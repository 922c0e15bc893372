package coffer.fleet.organizations;

import static coffer.organization.OrganizationPolicy.INHERIT;
import static coffer.platform.ProblemType.ACCESS_DENIED_TO_ORGANIZATION;
import static coffer.platform.ProblemType.ORGANIZATION_NOT_FOUND;

import coffer.backup.RetentionDesk;
import coffer.id.Caller;
import coffer.id.Visibility;
import coffer.organization.OrganizationPolicy;
import coffer.organization.OrganizationRow;
import coffer.organization.Organizations;
import coffer.platform.Problem;
import coffer.platform.ProblemType;
import coffer.quota.Quotas;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Limits: set from above, tightened from within (wire contract, section 4). What somebody decided
 * about the caller's own organization, or above it, binds what the caller gives to those below.
 */
@ApplicationScoped
public class PolicyDesk {

    private final Organizations organizations;
    private final RetentionDesk retention;
    private final Quotas quotas;
    private final OrganizationDesk desk;

    @Inject
    PolicyDesk(
            Organizations organizations,
            RetentionDesk retention,
            Quotas quotas,
            OrganizationDesk desk) {
        this.organizations = organizations;
        this.retention = retention;
        this.quotas = quotas;
        this.desk = desk;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected PolicyDesk() {
        this(null, null, null, null);
    }

    /**
     * Decides anew. A quota is counted with it, exactly, whatever uploads are under way.
     *
     * @throws Problem {@code policy may only be tightened}, naming what is looser
     */
    @Transactional
    public OrganizationView set(Caller.Person caller, UUID id, OrganizationPolicy wanted) {
        var row = organizations.lockTree(id);
        Visibility.of(caller).require(row.path(), ACCESS_DENIED_TO_ORGANIZATION);
        if (row.deleted()) {
            throw ProblemType.ORGANIZATION_DELETED.withoutDetail();
        }
        var along = organizations.along(row.path());
        if (!caller.platform()) {
            var looser =
                    id.equals(caller.organizationId())
                            ? looserThanNow(along, wanted)
                            : looserThanAbove(caller, along, wanted);
            if (!looser.isEmpty()) {
                throw ProblemType.POLICY_LOOSER.with(Map.of("fields", looser));
            }
        }
        organizations.rule(caller, id, wanted);
        quotas.count(id, wanted.capped());
        return desk.find(caller, id);
    }

    /** What holds for an organization, and who decided it. */
    @Transactional
    public EffectivePolicy effective(Caller.Person caller, UUID id) {
        var row = organizations.find(id).orElseThrow(ORGANIZATION_NOT_FOUND::withoutDetail);
        var visible = Visibility.of(caller);
        visible.require(row.path(), ACCESS_DENIED_TO_ORGANIZATION);
        var usual = retention.rules(List.of());
        var search = new EffectivePolicy.Search(organizations.along(row.path()), visible);
        return new EffectivePolicy(
                new EffectivePolicy.Search(List.of(row), visible)
                        .nearest(OrganizationRow::quotaBytes, quotas.usualCap()),
                search.nearest(OrganizationRow::maxBackups, usual.maxBackups()),
                search.nearest(OrganizationRow::maxBytes, usual.maxBytes()),
                search.said(
                        OrganizationRow::ciphertext,
                        retention.demandsCiphertext(List.of()) ? "demand" : "flag"),
                search.said(one -> one.policy().downloads(), "all"));
    }

    private List<String> looserThanNow(List<OrganizationRow> along, OrganizationPolicy wanted) {
        var after = new ArrayList<>(along);
        var own = after.removeLast();
        after.add(with(own, wanted));
        var looser = new ArrayList<String>();
        var rules = retention.rules(along);
        var newRules = retention.rules(after);
        addIf(looser, newRules.maxBackups() > rules.maxBackups(), "max_backups");
        addIf(looser, newRules.maxBytes() > rules.maxBytes(), "max_bytes");
        addIf(looser, quotaLooser(own.quotaBytes(), wanted.quotaBytes()), "quota_bytes");
        addIf(
                looser,
                retention.demandsCiphertext(along) && !retention.demandsCiphertext(after),
                "ciphertext");
        addIf(looser, Downloads.restricted(along) && !Downloads.restricted(after), "downloads");
        return looser;
    }

    private boolean quotaLooser(@Nullable Long now, @Nullable Long wanted) {
        if (Objects.equals(now, wanted)) {
            return false;
        }
        var bound = now == null ? quotas.usualCap() : now;
        return wanted == null || wanted == 0 || (bound > 0 && wanted > bound);
    }

    /** Only what was decided by somebody binds; the installation's defaults do not. */
    private static List<String> looserThanAbove(
            Caller.Person caller, List<OrganizationRow> along, OrganizationPolicy wanted) {
        var depth =
                along.stream().map(OrganizationRow::id).toList().indexOf(caller.organizationId());
        var looser = new ArrayList<String>();
        var backups = wanted.maxBackups();
        var bytes = wanted.maxBytes();
        for (var row : along.subList(0, depth + 1).reversed()) {
            if (backups != null && row.maxBackups() != null) {
                addIf(looser, backups > row.maxBackups(), "max_backups");
                backups = null;
            }
            if (bytes != null && row.maxBytes() != null) {
                addIf(looser, bytes > row.maxBytes(), "max_bytes");
                bytes = null;
            }
        }
        var bound = along.subList(0, depth + 1);
        addIf(looser, wanted.ciphertext().equals("flag") && demanded(bound), "ciphertext");
        addIf(looser, wanted.downloads().equals("all") && Downloads.restricted(bound), "downloads");
        return looser;
    }

    private static boolean demanded(List<OrganizationRow> along) {
        return along.reversed().stream()
                .map(OrganizationRow::ciphertext)
                .filter(word -> !word.equals(INHERIT))
                .findFirst()
                .filter("demand"::equals)
                .isPresent();
    }

    private static OrganizationRow with(OrganizationRow row, OrganizationPolicy policy) {
        return new OrganizationRow(
                row.id(),
                row.kind(),
                row.name(),
                row.path(),
                policy,
                row.suspendedAt(),
                row.deletedAt(),
                row.createdAt());
    }

    private static void addIf(List<String> fields, boolean looser, String field) {
        if (looser) {
            fields.add(field);
        }
    }
}
