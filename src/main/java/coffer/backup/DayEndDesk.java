package coffer.backup;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import coffer.organization.OrganizationRow;
import coffer.quota.Quotas;
import coffer.quota.UsageChange;
import coffer.retention.Candidate;
import coffer.retention.RetentionRules;
import coffer.retention.Ruling;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Ends the UTC day of many systems at once: what is past its time in the trash goes. */
@ApplicationScoped
public class DayEndDesk {

    private final BackupLedger ledger;
    private final RetentionDesk retention;
    private final Quotas quotas;

    @Inject
    DayEndDesk(BackupLedger ledger, RetentionDesk retention, Quotas quotas) {
        this.ledger = ledger;
        this.retention = retention;
        this.quotas = quotas;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected DayEndDesk() {
        this(null, null, null);
    }

    /**
     * What a system's day's end is to do.
     *
     * @param kept as it is under the lock of the system's account
     * @param ruling what {@code RetentionPolicy.onDayEnd} says of it
     */
    public record DayEnd(UUID systemId, List<Candidate> kept, Ruling.Accepted ruling) {

        /** Copies the list. */
        public DayEnd {
            kept = List.copyOf(kept);
        }
    }

    /** The rules for a system of the last of these organizations. */
    public RetentionRules rules(List<OrganizationRow> along) {
        return retention.rules(along);
    }

    /**
     * Carries the rulings out, with a few statements however many they are. The accounts of all
     * these systems must be locked. Only the trash shrinks, so no organization's counter moves.
     *
     * @param at an instant of the day that ends, which is charged with the days that go
     * @return what went for good, by system
     */
    @Transactional(MANDATORY)
    public Map<UUID, List<Candidate>> end(Collection<DayEnd> ends, Instant at) {
        var bySystem = new HashMap<UUID, List<Candidate>>();
        var owner = new HashMap<UUID, UUID>();
        var candidates = new HashMap<UUID, Candidate>();
        var days = new HashMap<UUID, LocalDate>();
        for (var end : ends) {
            end.kept().forEach(one -> candidates.put(one.id(), one));
            end.ruling().verdicts().forEach(one -> owner.put(one.id(), end.systemId()));
            end.ruling().daySpent().ifPresent(day -> days.put(end.systemId(), day));
        }
        for (var id : ledger.doom(owner.keySet())) {
            var one = candidates.get(id);
            var system = owner.get(id);
            if (one != null && system != null) {
                bySystem.computeIfAbsent(system, any -> new ArrayList<>()).add(one);
            }
        }
        var changes = new HashMap<UUID, UsageChange>();
        bySystem.forEach((system, gone) -> {
            var change = UsageChange.NONE;
            for (var one : gone) {
                change = change.erasedTrash(one.sizeBytes());
            }
            changes.put(system, change);
        });
        quotas.bookTrash(changes);
        ledger.spend(LocalDate.ofInstant(at, ZoneOffset.UTC), days);
        return bySystem;
    }
}
