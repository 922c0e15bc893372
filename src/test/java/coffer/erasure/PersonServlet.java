package coffer.erasure;

import coffer.fleet.SystemResource;
import coffer.id.Caller;
import coffer.id.CurrentCaller;
import coffer.id.Permission;
import coffer.job.Jobs;
import coffer.platform.Problem;
import coffer.platform.web.Envelope;
import coffer.platform.web.Json;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Response;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Lets a test call the resources as a person of an organization, without a sign-in; in the tests'
 * copy of the WAR only. Who may call a resource method is another test's affair.
 */
@WebServlet("/test/person")
public class PersonServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject private transient Jobs jobs;
    @Inject private transient SystemPurgeResource systems;
    @Inject private transient OrganizationPurgeResource organizations;
    @Inject private transient PurgesResource purges;
    @Inject private transient SystemResource fleet;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var person = person(request);
        CurrentCaller.set(request, person);
        response.setContentType("application/json");
        try {
            if (request.getParameter("job") != null) {
                jobs.request(person, request.getParameter("job"), Map.of());
                return;
            }
            var answer = answer(request, request.getParameter("path").split("/"));
            response.setStatus(answer.getStatus());
            response.getWriter().print(Json.text(answer.getEntity()));
        } catch (Problem refused) {
            var type = refused.type();
            response.setStatus(type.status());
            response.getWriter()
                    .print(
                            Json.text(
                                    new Envelope(
                                            type.status(),
                                            type.message(),
                                            Map.of("type", type.slug()))));
        }
    }

    /** {@code /api/…}, cut at its slashes. */
    private Response answer(HttpServletRequest request, String[] words) {
        var last = words[words.length - 1];
        return switch (words[2] + " " + last) {
            case "systems destroy" -> systems.destroy(request, words[3]);
            case "organizations destroy" -> organizations.destroy(request, words[3]);
            case "systems reassign" ->
                    fleet.reassign(
                            request,
                            words[3],
                            new SystemResource.Reassignment(
                                    UUID.fromString(request.getParameter("to"))));
            case "purges keys" -> purges.keys();
            case "purges receipt" -> purges.receipt(request, words[3]);
            default -> purges.get(request, last);
        };
    }

    private static Caller.Person person(HttpServletRequest request) {
        var path =
                Stream.of(request.getParameter("organizations").split(","))
                        .map(UUID::fromString)
                        .toList();
        var permissions = EnumSet.allOf(Permission.class);
        var without = request.getParameter("without");
        if (without != null) {
            permissions.removeAll(
                    Arrays.stream(without.split(",")).map(Permission::valueOf).toList());
        }
        return new Caller.Person(
                new UUID(1, 1), path.getLast(), path, permissions, true, Optional.empty());
    }
}
