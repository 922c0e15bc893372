package coffer.ui;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;

/** Sends a browser to another page, from an ordinary request or from an ajax click. */
final class Redirects {

    private Redirects() {}

    static void send(HttpServletRequest request, HttpServletResponse response, String address)
            throws IOException {
        response.resetBuffer();
        if (!"partial/ajax".equals(request.getHeader("Faces-Request"))) {
            response.setStatus(HttpServletResponse.SC_FOUND);
            response.setHeader("Location", address);
            return;
        }
        response.setContentType("text/xml;charset=UTF-8");
        response.getWriter()
                .print(
                        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><partial-response><redirect url=\""
                                + ErrorPage.escaped(address)
                                + "\"/></partial-response>");
    }
}
