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
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
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
    @APIResponse(
            responseCode = "200",
            description = "`retention reports listed`",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(
                                            name = "retention reports listed",
                                            value =
                                                    """
                                                    {"code": 200, "message": "retention reports listed", "data": {"reports": [
                                                     {"organization_id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e000", "name": "Customer", "utc_day": "2026-11-21",
                                                      "systems": 1, "live_count": 10, "live_bytes": 2621440, "trash_count": 2, "trash_bytes": 524288, "never": 0,
                                                      "late": 0, "overdue": 0, "odd": 0, "expired_count": 1, "expired_bytes": 262144, "surplus_count": 0,
                                                      "recounted": 0, "made_at": "2026-11-21T01:30:00.000000Z"}],
                                                     "pagination": {"page": 1, "page_size": 50, "total_count": 1, "total_pages": 1,
                                                      "has_next": false, "has_prev": false, "next_page": null, "prev_page": null}}}\
                                                    """)))
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
    @APIResponse(
            responseCode = "200",
            description = "`retention findings listed`",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(
                                            name = "retention findings listed",
                                            value =
                                                    """
                                                    {"code": 200, "message": "retention findings listed", "data": {"findings": [
                                                     {"system_id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e001", "organization_id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e000",
                                                      "state": "done", "expired_count": 1, "expired_bytes": 262144, "surplus_count": 0, "recounted": false,
                                                      "oddities": [], "verdicts": []}],
                                                     "pagination": {"page": 1, "page_size": 50, "total_count": 1, "total_pages": 1,
                                                      "has_next": false, "has_prev": false, "next_page": null, "prev_page": null}}}\
                                                    """)))
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
    @APIResponse(
            responseCode = "200",
            description = "`retention forecast`",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(
                                            name = "retention forecast",
                                            value =
                                                    """
                                                    {"code": 200, "message": "retention forecast", "data": {"days": [
                                                     {"day": "2026-11-22", "stored": 1, "refused": 0, "live_count": 10, "live_bytes": 2621440,
                                                      "trash_count": 2, "trash_bytes": 524288, "retired": ["2026-11-12"], "erased": []}]}}\
                                                    """)))
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
