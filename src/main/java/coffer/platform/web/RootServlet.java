package coffer.platform.web;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;

/** Sends a browser to the pages, and tells any other client in plain text what answers here. */
@WebServlet(urlPatterns = "")
public class RootServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var accepts = request.getHeader("Accept");
        if (accepts != null && accepts.contains("text/html")) {
            response.setStatus(HttpServletResponse.SC_FOUND);
            response.setHeader("Location", "/ui/overview.xhtml");
            return;
        }
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter()
                .print(
                        """
                        Coffer keeps the backups that let a business start again.
                        The API is below /api, its description at /openapi, health at /health.
                        """);
    }
}
