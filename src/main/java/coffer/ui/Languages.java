package coffer.ui;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The languages of the pages, and which of them a request is answered in. */
final class Languages {

    static final List<Locale> ALL = List.of(Locale.ENGLISH, Locale.ITALIAN);

    private static final String ATTRIBUTE = "coffer.ui.language";

    private Languages() {}

    /** The one decided for this request. */
    static Locale of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Locale decided
                ? decided
                : decide(request, null);
    }

    /** The person's own; else what this browser chose here; else what it prefers. */
    static Locale decide(HttpServletRequest request, @Nullable String own) {
        var chosen = own != null ? own : Cookies.read(request, Cookies.LANGUAGE).orElse("");
        var decided =
                ALL.stream()
                        .filter(one -> one.getLanguage().equals(chosen))
                        .findFirst()
                        .orElseGet(() -> preferred(request));
        request.setAttribute(ATTRIBUTE, decided);
        return decided;
    }

    static boolean has(String language) {
        return ALL.stream().anyMatch(one -> one.getLanguage().equals(language));
    }

    private static Locale preferred(HttpServletRequest request) {
        return Collections.list(request.getLocales()).stream()
                .map(wanted -> Locale.of(wanted.getLanguage()))
                .filter(ALL::contains)
                .findFirst()
                .orElse(Locale.ENGLISH);
    }
}
