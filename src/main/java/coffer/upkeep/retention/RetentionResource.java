package coffer.upkeep.retention;

import static coffer.id.Permission.BACKUPS_READ;
import static coffer.id.Permission.JOBS_READ;

import coffer.id.CurrentCaller;
import coffer.id.Permitted;
import coffer.job.Jobs;
import coffer.platform.web.Envelope;
import coffer.platform.web.Paging;
import coffer.retention.RetentionForecast;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.UUID;

/** {@code /api/retention}: what audits have found, and forecasts. */
@Dependent
@Path("retention")
@Tag(name = "Retention")
public class RetentionResource {

    private static final String ID = "{id: [0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}}";
    private static final long LARGEST = 1L << 43;

    private final RetentionReports reports;
    private final Jobs jobs;

    @Inject
    public RetentionResource(RetentionReports reports, Jobs jobs) {
        this.reports = reports;
        this.jobs = jobs;
    }

    /** Reports of a subtree. */
    @GET
    @Path("organizations/" + ID + "/reports")
    @Permitted(BACKUPS_READ)
    @Operation(
            operationId = "listRetentionReports",
            summary = "What the latest audit found, by organization of a subtree")
    @APIResponse(responseCode = "200", description = "`retention reports listed`")
    @APIResponse(responseCode = "403", description = "`access denied to organization`")
    @APIResponse(responseCode = "404", description = "`organization not found`")
    public Response reports(
            @Context HttpServletRequest request,
            @PathParam("id") UUID id,
            @QueryParam("page") @Nullable String page,
            @QueryParam("page_size") @Nullable String size) {
        var asked = Paging.of(page, size);
        var person = CurrentCaller.person(request);
        return Envelope.ok(
                "retention reports listed",
                Map.of(
                        "reports",
                        reports.of(person, id, asked.offset(), asked.pageSize()),
                        "pagination",
                        asked.of(reports.count(person, id))));
    }

    /** What a run of the audit, or a preview, has to tell. */
    @GET
    @Path("runs/" + ID + "/findings")
    @Permitted(JOBS_READ)
    @Operation(
            operationId = "listRetentionFindings",
            summary = "What a run of the audit did, or in a preview would do, and why")
    @APIResponse(responseCode = "200", description = "`retention findings listed`")
    @APIResponse(responseCode = "404", description = "`job run not found`")
    public Response findings(
            @PathParam("id") UUID id,
            @QueryParam("page") @Nullable String page,
            @QueryParam("page_size") @Nullable String size) {
        var asked = Paging.of(page, size);
        var run = jobs.run(id).id();
        return Envelope.ok(
                "retention findings listed",
                Map.of(
                        "findings",
                        reports.findings(run, asked.offset(), asked.pageSize()),
                        "pagination",
                        asked.of(reports.findings(run))));
    }

    /** What would be kept of a system. */
    @GET
    @Path("systems/" + ID + "/forecast")
    @Permitted(BACKUPS_READ)
    @Operation(
            operationId = "forecastRetention",
            summary = "What would be kept of a system if so much came every day")
    @APIResponse(responseCode = "200", description = "`retention forecast`")
    @APIResponse(responseCode = "400", description = "`validation failed`")
    @APIResponse(responseCode = "403", description = "`access denied to system`")
    @APIResponse(responseCode = "404", description = "`system not found`")
    public Response forecast(
            @Context HttpServletRequest request,
            @PathParam("id") UUID id,
            @QueryParam("days") @Nullable String days,
            @QueryParam("uploads_per_day") @Nullable String uploads,
            @QueryParam("size_bytes") @Nullable String size) {
        var forecast =
                reports.forecast(
                        CurrentCaller.person(request),
                        id,
                        (int) number("days", days, 30, 1, RetentionForecast.MOST_DAYS),
                        (int) number("uploads_per_day", uploads, 1, 0, 48),
                        number("size_bytes", size, 0, 1, LARGEST));
        return Envelope.ok("retention forecast", Map.of("days", forecast));
    }

    private static long number(
            String key, @Nullable String text, long usual, long least, long most) {
        if (text == null) {
            return usual;
        }
        if (text.matches("[0-9]{1,15}")) {
            var number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw Paging.invalid(key, "must be a number from " + least + " to " + most, text);
    }
}
