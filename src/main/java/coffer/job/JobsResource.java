package coffer.job;

import static coffer.id.Permission.JOBS_MANAGE;
import static coffer.id.Permission.JOBS_READ;

import coffer.id.CurrentCaller;
import coffer.id.Permitted;
import coffer.platform.web.Envelope;
import coffer.platform.web.Paging;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.UUID;

/** {@code /api/jobs}: for the owner's super-admin alone. */
@Dependent
@Path("jobs")
@Tag(name = "Jobs")
public class JobsResource {

    private static final String ID = "{id: [0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}}";

    /** What a run is told; the whole body may be absent. */
    public record NewRun(@Nullable Map<String, String> parameters) {}

    private final Jobs jobs;

    @Inject
    public JobsResource(Jobs jobs) {
        this.jobs = jobs;
    }

    /** Every job. */
    @GET
    @Permitted(JOBS_READ)
    @Operation(operationId = "listJobs", summary = "List the jobs with their latest runs")
    @APIResponse(
            responseCode = "200",
            description = "`jobs listed`",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(
                                            name = "jobs listed",
                                            value =
                                                    """
                                                    {"code": 200, "message": "jobs listed", "data": {"jobs": [
                                                     {"name": "integrity-scrub", "schedule": "0 30 1 * * *", "zone": "UTC", "next_at": "2026-11-22T01:30:00.000000Z",
                                                      "parameters": [], "last_run": null, "actions": ["start"]}],
                                                     "pagination": {"page": 1, "page_size": 50, "total_count": 1, "total_pages": 1,
                                                      "has_next": false, "has_prev": false, "next_page": null, "prev_page": null}}}\
                                                    """)))
    public Response list(
            @QueryParam("page") @Nullable String page,
            @QueryParam("page_size") @Nullable String size) {
        var all = jobs.all();
        var asked = Paging.of(page, size);
        var cut = all.stream().skip(asked.offset()).limit(asked.pageSize()).toList();
        return Envelope.ok("jobs listed", Map.of("jobs", cut, "pagination", asked.of(all.size())));
    }

    /** A job's runs. */
    @GET
    @Path("{name}/runs")
    @Permitted(JOBS_READ)
    @Operation(operationId = "listJobRuns", summary = "List a job's runs, newest first")
    @APIResponse(
            responseCode = "200",
            description = "`job runs listed`",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(
                                            name = "job runs listed",
                                            value =
                                                    """
                                                    {"code": 200, "message": "job runs listed", "data": {"runs": [
                                                     {"id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e040", "job": "integrity-scrub", "state": "running", "scheduled_at": null,
                                                      "requested_at": "2026-11-21T05:06:07.123456Z", "requested_by": "user:019aa4d2-3b1c-7d11-9c2e-0f6a54c1e010",
                                                      "parameters": {}, "node": "node-1", "restarts": 0, "started_at": "2026-11-21T05:06:08.000000Z", "ended_at": null,
                                                      "exit_status": null, "step": "scrub", "items_done": 120, "items_total": 1000, "items_per_second": 12.5,
                                                      "eta_seconds": 71, "checkpoint": null, "steps": [], "actions": ["stop"]}],
                                                     "pagination": {"page": 1, "page_size": 50, "total_count": 1, "total_pages": 1,
                                                      "has_next": false, "has_prev": false, "next_page": null, "prev_page": null}}}\
                                                    """)))
    @APIResponse(responseCode = "404", description = "`job not found`")
    public Response runs(
            @PathParam("name") String name,
            @QueryParam("page") @Nullable String page,
            @QueryParam("page_size") @Nullable String size) {
        var asked = Paging.of(page, size);
        return Envelope.ok(
                "job runs listed",
                Map.of(
                        "runs",
                        jobs.runs(name, asked.offset(), asked.pageSize()),
                        "pagination",
                        asked.of(jobs.count(name))));
    }

    /** Asks for a run. */
    @POST
    @Path("{name}/runs")
    @Consumes(MediaType.APPLICATION_JSON)
    @Permitted(JOBS_MANAGE)
    @Operation(operationId = "startJob", summary = "Ask for a run of a job")
    @RequestBody(
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(
                                            name = "a preview",
                                            value =
                                                    """
                                                    {"parameters": {"mode": "preview"}}\
                                                    """)))
    @APIResponse(
            responseCode = "202",
            description = "`job run requested`",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(
                                            name = "job run requested",
                                            value =
                                                    """
                                                    {"code": 202, "message": "job run requested", "data":
                                                     {"id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e040", "job": "integrity-scrub", "state": "waiting", "scheduled_at": null,
                                                      "requested_at": "2026-11-21T05:06:07.123456Z", "requested_by": "user:019aa4d2-3b1c-7d11-9c2e-0f6a54c1e010",
                                                      "parameters": {}, "node": "node-1", "restarts": 0, "started_at": "2026-11-21T05:06:08.000000Z", "ended_at": null,
                                                      "exit_status": null, "step": "scrub", "items_done": 120, "items_total": 1000, "items_per_second": 12.5,
                                                      "eta_seconds": 71, "checkpoint": null, "steps": [], "actions": ["stop"]}}\
                                                    """)))
    @APIResponse(responseCode = "400", description = "`validation failed`: parameters")
    @APIResponse(responseCode = "404", description = "`job not found`")
    @APIResponse(responseCode = "409", description = "`job is already running`")
    public Response start(
            @Context HttpServletRequest request, @PathParam("name") String name, NewRun wanted) {
        var parameters = wanted == null ? null : wanted.parameters();
        var run =
                jobs.request(
                        CurrentCaller.person(request),
                        name,
                        parameters == null ? Map.of() : parameters);
        return Envelope.answer(202, "job run requested", run).build();
    }

    /** One run. */
    @GET
    @Path("runs/" + ID)
    @Permitted(JOBS_READ)
    @Operation(operationId = "getJobRun", summary = "See how a run stands")
    @APIResponse(
            responseCode = "200",
            description = "`job run found`",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(
                                            name = "job run found",
                                            value =
                                                    """
                                                    {"code": 200, "message": "job run found", "data":
                                                     {"id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e040", "job": "integrity-scrub", "state": "running", "scheduled_at": null,
                                                      "requested_at": "2026-11-21T05:06:07.123456Z", "requested_by": "user:019aa4d2-3b1c-7d11-9c2e-0f6a54c1e010",
                                                      "parameters": {}, "node": "node-1", "restarts": 0, "started_at": "2026-11-21T05:06:08.000000Z", "ended_at": null,
                                                      "exit_status": null, "step": "scrub", "items_done": 120, "items_total": 1000, "items_per_second": 12.5,
                                                      "eta_seconds": 71, "checkpoint": null, "steps": [], "actions": ["stop"]}}\
                                                    """)))
    @APIResponse(responseCode = "404", description = "`job run not found`")
    public Response run(@PathParam("id") UUID id) {
        return Envelope.ok("job run found", jobs.run(id));
    }

    /** Has a run end. */
    @POST
    @Path("runs/" + ID + "/stop")
    @Permitted(JOBS_MANAGE)
    @Operation(operationId = "stopJobRun", summary = "Have a run end after its chunk")
    @APIResponse(
            responseCode = "202",
            description = "`job run stopping`",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(
                                            name = "job run stopping",
                                            value =
                                                    """
                                                    {"code": 202, "message": "job run stopping", "data":
                                                     {"id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e040", "job": "integrity-scrub", "state": "stopping", "scheduled_at": null,
                                                      "requested_at": "2026-11-21T05:06:07.123456Z", "requested_by": "user:019aa4d2-3b1c-7d11-9c2e-0f6a54c1e010",
                                                      "parameters": {}, "node": "node-1", "restarts": 0, "started_at": "2026-11-21T05:06:08.000000Z", "ended_at": null,
                                                      "exit_status": null, "step": "scrub", "items_done": 120, "items_total": 1000, "items_per_second": 12.5,
                                                      "eta_seconds": 71, "checkpoint": null, "steps": [], "actions": ["stop"]}}\
                                                    """)))
    @APIResponse(responseCode = "409", description = "`job run has ended`")
    public Response stop(@Context HttpServletRequest request, @PathParam("id") UUID id) {
        var run = jobs.stop(CurrentCaller.person(request), id);
        return Envelope.answer(202, "job run stopping", run).build();
    }

    /** Has a run go on. */
    @POST
    @Path("runs/" + ID + "/restart")
    @Permitted(JOBS_MANAGE)
    @Operation(
            operationId = "restartJobRun",
            summary = "Have a run that failed or was stopped go on")
    @APIResponse(
            responseCode = "202",
            description = "`job run restarting`",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(
                                            name = "job run restarting",
                                            value =
                                                    """
                                                    {"code": 202, "message": "job run restarting", "data":
                                                     {"id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e040", "job": "integrity-scrub", "state": "waiting", "scheduled_at": null,
                                                      "requested_at": "2026-11-21T05:06:07.123456Z", "requested_by": "user:019aa4d2-3b1c-7d11-9c2e-0f6a54c1e010",
                                                      "parameters": {}, "node": "node-1", "restarts": 0, "started_at": "2026-11-21T05:06:08.000000Z", "ended_at": null,
                                                      "exit_status": null, "step": "scrub", "items_done": 120, "items_total": 1000, "items_per_second": 12.5,
                                                      "eta_seconds": 71, "checkpoint": null, "steps": [], "actions": ["stop"]}}\
                                                    """)))
    @APIResponse(
            responseCode = "409",
            description = "`job is already running`, or `job run cannot be restarted`")
    public Response restart(@Context HttpServletRequest request, @PathParam("id") UUID id) {
        var run = jobs.restart(CurrentCaller.person(request), id);
        return Envelope.answer(202, "job run restarting", run).build();
    }
}
