package coffer.upkeep.retention;

import static jakarta.transaction.Transactional.TxType.MANDATORY;
import static jakarta.transaction.Transactional.TxType.REQUIRES_NEW;

import coffer.alert.AlertKind;
import coffer.alert.Alerts;
import coffer.audit.AuditTrail;
import coffer.backup.DayEndDesk;
import coffer.id.Caller;
import coffer.job.Ticket;
import coffer.organization.Organizations;
import coffer.quota.Quotas;
import coffer.retention.RetentionRules;
import coffer.upkeep.retention.AuditLedger.Line;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** What the audit does within its chunks' transactions, and the repairs at its end. */
@ApplicationScoped
public class AuditDesk {

    private static final Caller AUDIT = new Caller.Machine("retention-audit");

    private final AuditLedger ledger;
    private final DayEndDesk days;
    private final Organizations organizations;
    private final Quotas quotas;
    private final Alerts alerts;
    private final AuditTrail trail;

    @Inject
    AuditDesk(
            AuditLedger ledger,
            DayEndDesk days,
            Organizations organizations,
            Quotas quotas,
            Alerts alerts,
            AuditTrail trail) {
        this.ledger = ledger;
        this.days = days;
        this.organizations = organizations;
        this.quotas = quotas;
        this.alerts = alerts;
        this.trail = trail;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected AuditDesk() {
        this(null, null, null, null, null, null);
    }

    @Transactional(MANDATORY)
    RetentionRules rules(List<UUID> organizationPath) {
        return days.rules(organizations.along(organizationPath));
    }

    /**
     * Ends the days of systems that seemed to need it, in the chunk's transaction: their accounts
     * are locked, they are read again, and what is then to be done is done.
     */
    @Transactional(MANDATORY)
    void act(UUID run, List<SystemView> seeming, Instant at) {
        if (seeming.isEmpty()) {
            return;
        }
        var ids = seeming.stream().map(SystemView::id).sorted().toList();
        quotas.lockAll(ids);
        var views = SystemViews.of(ledger.systems(ids, at), ledger.kept(ids), ledger.alerts(ids));
        var ends = new ArrayList<DayEndDesk.DayEnd>();
        var rulings = new HashMap<UUID, Evaluation>();
        var rules = new HashMap<UUID, RetentionRules>();
        for (var view : views) {
            var own =
                    rules.computeIfAbsent(
                            view.organizationId(), any -> rules(view.organizationPath()));
            var evaluation = Evaluation.of(view, own, at);
            rulings.put(view.id(), evaluation);
            ends.add(new DayEndDesk.DayEnd(view.id(), view.kept(), evaluation.ruling()));
        }
        var gone = days.end(ends, at);
        var lines = new ArrayList<Line>();
        var recounted = new ArrayList<String>();
        for (var view : views) {
            var evaluation = Objects.requireNonNull(rulings.get(view.id()));
            tell(view, evaluation);
            if (evaluation.miscounted() && quotas.recount(view.id()).isPresent()) {
                recounted.add(view.id().toString());
            }
            lines.add(evaluation.line(view, gone.getOrDefault(view.id(), List.of())));
        }
        ledger.find(run, lines);
        trail.record(
                AUDIT,
                "systems.day-ended",
                "job-run:" + run,
                "done",
                Map.of(
                        "day",
                        at.toString().substring(0, 10),
                        "erased",
                        gone.values().stream()
                                .flatMap(List::stream)
                                .map(one -> one.id().toString())
                                .toList(),
                        "recounted",
                        recounted));
    }

    /** Lines about systems that nothing is to be changed of, or in a preview of all. */
    @Transactional(MANDATORY)
    void note(UUID run, List<Seen> seen, boolean preview) {
        var lines = new ArrayList<Line>();
        for (var one : seen) {
            if (!preview) {
                tell(one.view(), one.evaluation());
            }
            if (one.evaluation().tells(one.view())) {
                lines.add(one.evaluation().line(one.view(), one.evaluation().expired(one.view())));
            }
        }
        ledger.find(run, lines);
    }

    /** A system and what policy says of it. */
    record Seen(SystemView view, Evaluation evaluation) {}

    /**
     * Alerts follow the facts; those that stand as they should are not touched. That a system is
     * overdue is for {@code StateWatch} to tell.
     */
    private void tell(SystemView view, Evaluation evaluation) {
        var subject = "system:" + view.id();
        alert(view, subject, AlertKind.BACKUP_LATE, view.state().equals("late"));
        evaluation.settled().stream()
                .filter(kind -> view.openAlerts().contains(kind.code()))
                .forEach(kind -> alerts.resolve(kind, subject));
        for (var oddity : Oddity.values()) {
            var odd = evaluation.oddities().contains(oddity);
            alert(view, subject, oddity.alert(), odd);
        }
    }

    private void alert(SystemView view, String subject, AlertKind kind, boolean holds) {
        var open = view.openAlerts().contains(kind.code());
        if (holds && !open) {
            var last = view.lastUploadAt();
            alerts.open(
                    kind,
                    subject,
                    last == null ? Map.of() : Map.of("last_upload_at", last.toString()));
        } else if (!holds && open) {
            alerts.resolve(kind, subject);
        }
    }

    /** Repairs the counters of organizations that are wrong; each in a transaction of its own. */
    @Transactional(REQUIRES_NEW)
    boolean recount(UUID organizationId) {
        if (!quotas.recountOrganization(organizationId)) {
            return false;
        }
        trail.record(
                AUDIT,
                "organization.recounted",
                "organization:" + organizationId,
                "done",
                Map.of());
        return true;
    }

    List<UUID> miscounted() {
        return quotas.miscounted();
    }

    @Transactional
    int report(Ticket ticket, boolean preview) {
        ticket.hold();
        var lines = ledger.report(ticket.run(), ticket.at(), preview);
        ticket.done(lines, "reports");
        return lines;
    }
}
