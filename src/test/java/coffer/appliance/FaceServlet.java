package coffer.appliance;

import coffer.id.Caller;
import coffer.organization.Organizations;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.time.Duration;
import java.util.UUID;

/**
 * Calls faces that have no endpoint yet, inside a real server. Only {@link RevocationIT} puts it
 * into its copy of the WAR.
 */
@WebServlet("/test/faces")
public class FaceServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Caller TEST = new Caller.Machine("test");

    @Inject private transient Appliances appliances;
    @Inject private transient Organizations organizations;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var id = UUID.fromString(request.getParameter("id"));
        response.getWriter().print(act(request.getParameter("act"), id));
    }

    private String act(String act, UUID id) {
        switch (act) {
            case "system-suspend" -> appliances.suspend(TEST, id);
            case "system-reactivate" -> appliances.reactivate(TEST, id);
            case "system-delete" -> appliances.delete(TEST, id);
            case "system-restore" -> appliances.restore(TEST, id);
            case "system-rotate" -> {
                return appliances.rotateSecret(TEST, id, Duration.ZERO).reveal();
            }
            case "system-rotate-10s" -> {
                return appliances.rotateSecret(TEST, id, Duration.ofSeconds(10)).reveal();
            }
            case "system-create" -> {
                var made =
                        appliances.create(TEST, id, new ApplianceDescription("made", null, null));
                return made.row().systemKey() + " " + made.secret().reveal();
            }
            case "organization-create" -> {
                return organizations.create(TEST, "customer", id, "Made").id().toString();
            }
            case "organization-suspend" -> organizations.suspend(TEST, id);
            case "organization-reactivate" -> organizations.reactivate(TEST, id);
            case "organization-delete" -> organizations.delete(TEST, id);
            case "organization-restore" -> organizations.restore(TEST, id);
            default -> throw new IllegalArgumentException(act);
        }
        return "done";
    }
}
