package coffer.backup;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import coffer.alert.AlertKind;
import coffer.alert.Alerts;
import coffer.organization.OrganizationRow;
import coffer.platform.ProblemType;
import coffer.quota.UsageChange;
import coffer.retention.Arrival;
import coffer.retention.Candidate;
import coffer.retention.RetentionPolicy;
import coffer.retention.RetentionRules;
import coffer.retention.Ruling;
import coffer.retention.Verdict;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Turns what {@code RetentionPolicy} says into moves in the catalogue. */
@ApplicationScoped
public class RetentionDesk {

    private final BackupLedger ledger;
    private final RetentionSettings settings;
    private final Alerts alerts;

    @Inject
    RetentionDesk(BackupLedger ledger, RetentionSettings settings, Alerts alerts) {
        this.ledger = ledger;
        this.settings = settings;
        this.alerts = alerts;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected RetentionDesk() {
        this.ledger = null;
        this.settings = null;
        this.alerts = null;
    }

    /** The caps of a system: the nearest organization above it that sets one, else the settings. */
    public RetentionRules rules(List<OrganizationRow> along) {
        var maxBackups = nearest(along, OrganizationRow::maxBackups).orElse(settings.maxBackups());
        var maxBytes = nearest(along, OrganizationRow::maxBytes).orElse(settings.maxBytes());
        return new RetentionRules(maxBackups, maxBytes, settings.trashPeriod());
    }

    /**
     * What the rule sees of a system at one moment, for a look ahead.
     *
     * @param kept live and trashed
     * @param spent the earlier day that was given up on this UTC day, if one was
     */
    public record Standing(
            List<Candidate> kept, RetentionRules rules, Optional<LocalDate> spent, Instant now) {

        /** Copies. */
        public Standing {
            kept = List.copyOf(kept);
        }
    }

    /** How a system stands. Who may know is the caller's affair; nothing is locked. */
    @Transactional
    public Standing standing(UUID systemId, List<OrganizationRow> along) {
        var stock = ledger.stock(systemId);
        return new Standing(stock.kept(), rules(along), stock.spent(), stock.now());
    }

    /** How long a byte-identical backup counts as the same one sent again. */
    Duration resendWindow() {
        return settings.resendWindow();
    }

    /** Whether the nearest organization that says anything demands ciphertext. */
    public boolean demandsCiphertext(List<OrganizationRow> along) {
        return nearest(along, row -> "inherit".equals(row.ciphertext()) ? null : row.ciphertext())
                .map("demand"::equals)
                .orElse(settings.demandCiphertext());
    }

    private static <T> Optional<T> nearest(
            List<OrganizationRow> along, Function<OrganizationRow, T> property) {
        return along.reversed().stream()
                .map(property)
                .filter(java.util.Objects::nonNull)
                .findFirst();
    }

    /** Live backups that this upload will push out and no other upload has claimed yet. */
    List<Candidate> claims(Stock stock, Arrival arrival, RetentionRules rules) {
        return switch (RetentionPolicy.onArrival(
                stock.kept(), arrival, rules, stock.spent(), stock.now())) {
            case Ruling.Refused refused ->
                    throw ProblemType.SYSTEM_QUOTA.with(Map.of("max_bytes", refused.maxBytes()));
            case Ruling.Accepted accepted -> {
                var victims =
                        accepted.verdicts().stream().map(Verdict::id).collect(Collectors.toSet());
                yield stock.kept().stream()
                        .filter(c ->
                                c.place() == Candidate.Place.LIVE
                                        && !c.claimed()
                                        && victims.contains(c.id()))
                        .toList();
            }
        };
    }

    /**
     * Applies verdicts and claims; returns what they changed. Moves that others made first are
     * skipped.
     */
    @Transactional(MANDATORY)
    UsageChange apply(
            UUID systemId,
            List<Candidate> kept,
            List<Verdict> verdicts,
            Collection<UUID> claims,
            UsageChange before) {
        var moves = new Moves(systemId, kept, verdicts, claims);
        return moves.change(
                before, ledger.doom(moves.erased()), ledger.trash(moves.retired(), "retention"));
    }

    @Transactional(MANDATORY)
    void warnFull(UUID systemId) {
        alerts.open(AlertKind.BACKUP_TRASH_FULL, "system:" + systemId, Map.of());
    }
}
