package coffer.ui;

import coffer.platform.Problem;
import coffer.platform.web.RouteFilter;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;

/**
 * What went wrong, what to do, and the request's id. Written without Faces and without the
 * catalogue, for both may be what went wrong.
 */
final class ErrorPage {

    private static final String POLICY =
            "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action"
                    + " 'none'; frame-ancestors 'none'";

    @SuppressWarnings("InlineFormatString") // A page is read better by itself.
    private static final String PAGE =
            """
            <!DOCTYPE html>
            <html lang="%s" data-scheme="%s">
            <head>
            <meta charset="UTF-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <title>%s · Coffer</title>
            <link rel="icon" type="image/svg+xml" href="/jakarta.faces.resource/coffer.svg.xhtml?ln=coffer"/>
            <link rel="stylesheet" href="/jakarta.faces.resource/coffer.css.xhtml?ln=coffer"/>
            </head>
            <body class="narrow">
            <main class="card" id="error">
            <h1>%s</h1>
            <p>%s</p>
            <p class="quiet">%s <code>%s</code></p>
            <p><a class="button" href="%s">%s</a></p>
            </main>
            </body>
            </html>
            """;

    private ErrorPage() {}

    static void write(HttpServletRequest request, HttpServletResponse response, Problem problem)
            throws IOException {
        var phrases = new Phrases(Languages.of(request));
        var type = problem.type();
        var family = phrases.has("error." + type.status() + ".title") ? type.status() : 500;
        var own = "problem." + type.slug();
        response.resetBuffer();
        response.setStatus(type.status());
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader("Content-Security-Policy", POLICY);
        response.getWriter()
                .print(
                        PAGE.formatted(
                                Languages.of(request).getLanguage(),
                                scheme(request),
                                escaped(phrases.text("error." + family + ".title")),
                                escaped(phrases.text("error." + family + ".title")),
                                escaped(
                                        phrases.text(
                                                phrases.has(own)
                                                        ? own
                                                        : "error." + family + ".text")),
                                escaped(phrases.text("error.request-id")),
                                escaped(
                                        String.valueOf(
                                                request.getAttribute(RouteFilter.REQUEST_ID))),
                                PageFilter.HOME,
                                escaped(phrases.text("error.home"))));
    }

    private static String scheme(HttpServletRequest request) {
        return Cookies.read(request, Cookies.SCHEME)
                .filter(one -> one.equals("light") || one.equals("dark"))
                .orElse("auto");
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
