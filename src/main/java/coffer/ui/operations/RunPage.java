package coffer.ui.operations;

import static coffer.id.Permission.JOBS_READ;

import coffer.fleet.Systems;
import coffer.id.Permission;
import coffer.id.Permitted;
import coffer.job.JobRunRow;
import coffer.job.Jobs;
import coffer.platform.Problem;
import coffer.platform.ProblemType;
import coffer.platform.web.Paging;
import coffer.retention.Reason;
import coffer.ui.Addresses;
import coffer.ui.Ids;
import coffer.ui.Visit;
import coffer.ui.Words;
import coffer.upkeep.retention.RetentionReports;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

/** One run: how far it is and how fast, and in the end what it has to tell. */
@Named
@RequestScoped
@Permitted(JOBS_READ)
public class RunPage {

    private static final String SIZE = "20";

    private final Visit visit;
    private final Words words;
    private final Jobs jobs;
    private final RetentionReports reports;
    private final Systems systems;
    private @Nullable JobRunRow run;
    private Paging.@Nullable Pagination pages;
    private @Nullable List<Finding> findings;

    @Inject
    RunPage(Visit visit, Words words, Jobs jobs, RetentionReports reports, Systems systems) {
        this.visit = visit;
        this.words = words;
        this.jobs = jobs;
        this.reports = reports;
        this.systems = systems;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected RunPage() {
        this(null, null, null, null, null);
    }

    /**
     * What a run has to tell of a system.
     *
     * @param what what went, or would go, and what is odd
     * @param why the reasons, each once
     */
    public record Finding(String system, String address, String state, String what, String why) {}

    /** The one that the address names. */
    public JobRunRow getRun() {
        if (run == null) {
            visit.caller(JOBS_READ);
            run = jobs.run(Ids.of(visit.parameter("id"), ProblemType.JOB_RUN_NOT_FOUND));
        }
        return run;
    }

    /** True until it has ended: the page looks again by itself. */
    public boolean isLive() {
        return JobsPage.isOpen(getRun());
    }

    /** Where the other runs of its job are. */
    public String getJob() {
        return Places.job(getRun().job());
    }

    /** From 0 to 100, or null where nobody knows how much there is. */
    public @Nullable Long getPercent() {
        return percent(getRun().itemsDone(), getRun().itemsTotal());
    }

    /** The same of a step. */
    public @Nullable Long percent(@Nullable Long done, @Nullable Long total) {
        return done == null || total == null || total == 0
                ? null
                : Math.min(100, 100 * done / total);
    }

    /** How fast it goes. */
    public String getRate() {
        var rate = getRun().itemsPerSecond();
        return rate == null
                ? words.with("run.rate-unknown", "")
                : words.with("run.rate", String.format(visit.getLocale(), "%.1f", rate));
    }

    /** How long it took, or has taken so far. */
    public String getTook() {
        var began = getRun().startedAt();
        if (began == null) {
            return words.with("run.not-begun", "");
        }
        var ended = getRun().endedAt();
        return span(Duration.between(began, ended == null ? words.now() : ended).toSeconds());
    }

    /** A time to come. */
    public String span(@Nullable Long seconds) {
        return seconds != null && seconds < 120
                ? words.with("run.seconds", Math.max(0, seconds))
                : words.span(seconds);
    }

    /** Its parameters in one line; empty where there are none. */
    public String getParameters() {
        return getRun().parameters().entrySet().stream()
                .map(one -> one.getKey() + "=" + one.getValue())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** True when it changed nothing. */
    public boolean isPreview() {
        return "preview".equals(getRun().parameters().get("mode"));
    }

    /** True where its job tells what it did, system by system. */
    public boolean isReports() {
        return getRun().job().equals("retention-audit");
    }

    /** A page of what it has to tell. */
    public List<Finding> getFindings() {
        if (findings == null) {
            visit.caller(JOBS_READ);
            var paging = paging();
            findings =
                    reports.findings(getRun().id(), paging.offset(), paging.pageSize()).stream()
                            .map(this::finding)
                            .toList();
        }
        return findings;
    }

    private Finding finding(RetentionReports.Line line) {
        var what = new java.util.ArrayList<String>();
        if (line.expiredCount() > 0) {
            what.add(
                    words.with(
                            isPreview() ? "finding.would-go" : "finding.went",
                            line.expiredCount(),
                            words.size(line.expiredBytes())));
        }
        if (line.surplusCount() > 0) {
            what.add(words.with("finding.surplus", line.surplusCount()));
        }
        if (line.recounted()) {
            what.add(words.with("finding.recounted", ""));
        }
        line.oddities().forEach(odd -> what.add(words.of("alert", odd)));
        return new Finding(
                name(line.systemId()),
                Addresses.system(line.systemId()),
                line.state(),
                String.join("; ", what),
                why(line.verdicts()));
    }

    private String why(List<?> verdicts) {
        return verdicts.stream()
                .filter(Map.class::isInstance)
                .map(one -> Objects.toString(((Map<?, ?>) one).get("reason"), ""))
                .distinct()
                .map(this::reason)
                .collect(Collectors.joining("; "));
    }

    /** The report has the words of the rule; a page says them in its own language. */
    private String reason(String text) {
        return Arrays.stream(Reason.values())
                .filter(one -> one.text().equals(text))
                .findFirst()
                .map(one -> words.of("reason", one.name()))
                .orElse(text);
    }

    /** What was erased since has no name any more. */
    private String name(UUID system) {
        try {
            return systems.find(visit.caller(Permission.SYSTEMS_READ), system).name();
        } catch (Problem gone) {
            return system.toString();
        }
    }

    /** Earlier lines of the report, or null. */
    public @Nullable String getEarlier() {
        return Places.turned(here(), pages().prevPage());
    }

    /** Later ones, or null. */
    public @Nullable String getLater() {
        return Places.turned(here(), pages().nextPage());
    }

    private Addresses here() {
        return Addresses.of(Places.RUN).with("id", getRun().id());
    }

    private Paging paging() {
        return Paging.of(visit.parameter("page"), SIZE);
    }

    private Paging.Pagination pages() {
        if (pages == null) {
            pages = paging().of(reports.findings(getRun().id()));
        }
        return pages;
    }
}
