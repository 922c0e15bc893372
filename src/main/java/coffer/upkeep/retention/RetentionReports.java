package coffer.upkeep.retention;

import static coffer.platform.NativeSql.instant;
import static coffer.platform.NativeSql.number;

import coffer.backup.DayEndDesk;
import coffer.id.Caller;
import coffer.id.Visibility;
import coffer.organization.Organizations;
import coffer.platform.ProblemType;
import coffer.platform.web.Json;
import coffer.retention.Candidate;
import coffer.retention.RetentionForecast;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What the audits have found, and what a policy would do in days to come. */
@ApplicationScoped
public class RetentionReports {

    /** An organization's own systems at its latest audit. */
    public record Report(
            UUID organizationId,
            String name,
            String utcDay,
            long systems,
            long liveCount,
            long liveBytes,
            long trashCount,
            long trashBytes,
            long never,
            long late,
            long overdue,
            long odd,
            long expiredCount,
            long expiredBytes,
            long surplusCount,
            long recounted,
            Instant madeAt) {}

    /** What a run has to tell of a system: what went, or in a preview what would go, and why. */
    public record Line(
            UUID systemId,
            UUID organizationId,
            String state,
            long expiredCount,
            long expiredBytes,
            long surplusCount,
            boolean recounted,
            List<String> oddities,
            List<?> verdicts) {

        /** Copies. */
        public Line {
            oddities = List.copyOf(oddities);
            verdicts = List.copyOf(verdicts);
        }
    }

    private final AuditLedger ledger;
    private final DayEndDesk days;
    private final Organizations organizations;
    private final Clock clock;

    @Inject
    RetentionReports(
            AuditLedger ledger, DayEndDesk days, Organizations organizations, Clock clock) {
        this.ledger = ledger;
        this.days = days;
        this.organizations = organizations;
        this.clock = clock;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected RetentionReports() {
        this(null, null, null, null);
    }

    /** A page of the reports of an organization's subtree, in the order of the tree. */
    @Transactional
    public List<Report> of(Caller.Person person, UUID organization, long from, int most) {
        return ledger.reports(visible(person, organization), from, most).stream()
                .map(RetentionReports::report)
                .toList();
    }

    /** How many there are. */
    @Transactional
    public long count(Caller.Person person, UUID organization) {
        return ledger.reports(visible(person, organization));
    }

    private String visible(Caller.Person person, UUID organization) {
        var path =
                ledger.path("organization", organization).stream()
                        .findFirst()
                        .orElseThrow(ProblemType.ORGANIZATION_NOT_FOUND::withoutDetail);
        Visibility.of(person)
                .require(SystemViews.path(path), ProblemType.ACCESS_DENIED_TO_ORGANIZATION);
        return path;
    }

    /** A page of what a run has to tell. */
    @Transactional
    public List<Line> findings(UUID run, long from, int most) {
        return ledger.findings(run, from, most).stream().map(RetentionReports::line).toList();
    }

    /** How much there is. */
    @Transactional
    public long findings(UUID run) {
        return ledger.findings(run);
    }

    /** What the policy of a system would do if this came; its usual size where none is given. */
    @Transactional
    public List<RetentionForecast.Day> forecast(
            Caller.Person person, UUID system, int days, int uploadsPerDay, long sizeBytes) {
        var path =
                ledger.path("appliance", system).stream()
                        .findFirst()
                        .map(SystemViews::path)
                        .orElseThrow(ProblemType.SYSTEM_NOT_FOUND::withoutDetail);
        Visibility.of(person).require(path, ProblemType.ACCESS_DENIED_TO_SYSTEM);
        var kept = SystemViews.candidates(ledger.kept(List.of(system)));
        var size = sizeBytes > 0 ? sizeBytes : usual(kept);
        return RetentionForecast.of(
                kept,
                this.days.rules(organizations.along(path)),
                new RetentionForecast.Expectation(days, uploadsPerDay, size),
                clock.instant());
    }

    private static long usual(List<Candidate> kept) {
        var sizes = kept.stream().mapToLong(Candidate::sizeBytes).sorted().toArray();
        return sizes.length == 0 ? 1 : sizes[sizes.length / 2];
    }

    private static Report report(Object[] row) {
        return new Report(
                (UUID) row[0],
                (String) row[1],
                (String) row[2],
                number(row[3]),
                number(row[4]),
                number(row[5]),
                number(row[6]),
                number(row[7]),
                number(row[8]),
                number(row[9]),
                number(row[10]),
                number(row[11]),
                number(row[12]),
                number(row[13]),
                number(row[14]),
                number(row[15]),
                instant(row[16]));
    }

    private static Line line(Object[] row) {
        List<?> verdicts = Json.read((String) row[8], List.class);
        var oddities = (String) row[7];
        return new Line(
                (UUID) row[0],
                (UUID) row[1],
                (String) row[2],
                number(row[3]),
                number(row[4]),
                number(row[5]),
                (boolean) row[6],
                oddities.isEmpty() ? List.of() : List.of(oddities.split(" ", -1)),
                verdicts);
    }
}
