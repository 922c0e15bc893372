package coffer.ui;

import coffer.people.PageDesk;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.util.Arrays;
import java.util.Optional;

/** The cookies of the pages; only the first two are secrets. */
public final class Cookies {

    /** What a browser that is at the provider must bring back, and where it goes then. */
    static final String TICKET = "__Host-coffer-provider";

    /** What a browser brings along that signs out at the provider. */
    static final String LEAVING = "__Host-coffer-leaving";

    static final String LANGUAGE = "coffer-language";
    static final String SCHEME = "coffer-scheme";

    private static final int TEN_MINUTES = 600;
    private static final int A_YEAR = 31_536_000;

    private Cookies() {}

    /** What the browser sent, unless it is empty. */
    public static Optional<String> read(HttpServletRequest request, String name) {
        var cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(name))
                        .map(jakarta.servlet.http.Cookie::getValue)
                        .filter(value -> !value.isEmpty())
                        .findFirst();
    }

    /**
     * Keeps the token until the browser ends. Lax, not Strict: an address that somebody was sent
     * opens for who is signed in; what changes something is a POST, which {@link PageFilter} takes
     * from our own pages alone.
     */
    static void signIn(HttpServletResponse response, String token) {
        response.addHeader(
                "Set-Cookie",
                PageDesk.COOKIE + "=" + token + "; Path=/; Secure; HttpOnly; SameSite=Lax");
    }

    static void signOut(HttpServletResponse response) {
        response.addHeader(
                "Set-Cookie",
                PageDesk.COOKIE + "=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax");
    }

    /** Lax, for the browser is sent back from another site. */
    static void depart(HttpServletResponse response, String ticket) {
        response.addHeader(
                "Set-Cookie",
                TICKET
                        + "="
                        + ticket
                        + "; Path=/; Max-Age="
                        + TEN_MINUTES
                        + "; Secure; HttpOnly; SameSite=Lax");
    }

    static void arrive(HttpServletResponse response) {
        response.addHeader(
                "Set-Cookie", TICKET + "=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax");
    }

    /** Lax, for the browser is sent back from another site. */
    static void leave(HttpServletResponse response, String ticket) {
        response.addHeader(
                "Set-Cookie",
                LEAVING
                        + "="
                        + ticket
                        + "; Path=/; Max-Age="
                        + TEN_MINUTES
                        + "; Secure; HttpOnly; SameSite=Lax");
    }

    static void left(HttpServletResponse response) {
        response.addHeader(
                "Set-Cookie", LEAVING + "=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax");
    }

    /** Keeps a choice of how pages look, for this browser; the value is one of ours. */
    public static void choice(HttpServletResponse response, String name, String value) {
        response.addHeader(
                "Set-Cookie",
                name + "=" + value + "; Path=/ui; Max-Age=" + A_YEAR + "; SameSite=Lax");
    }

    static void language(HttpServletResponse response, String language) {
        response.addHeader(
                "Set-Cookie",
                LANGUAGE + "=" + language + "; Path=/ui; Max-Age=" + A_YEAR + "; SameSite=Lax");
    }
}
