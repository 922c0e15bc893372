package coffer.ui;

import org.jspecify.annotations.Nullable;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Addresses of pages: what a page is about is in them, so that they can be kept and sent. */
final class Addresses {

    /** Nothing but a page of ours: no other host can be written so. */
    private static final Pattern OURS =
            Pattern.compile("/ui/[a-z-]{1,40}\\.xhtml(\\?[A-Za-z0-9._~%&=+:,/-]{0,2000})?");

    private final String path;
    private final Map<String, String> parameters = new LinkedHashMap<>();

    private Addresses(String path) {
        this.path = path;
    }

    static Addresses of(String path) {
        return new Addresses(path);
    }

    /** With a parameter, or without it where the value is null. */
    Addresses with(String name, @Nullable Object value) {
        if (value == null) {
            parameters.remove(name);
        } else {
            parameters.put(name, value.toString());
        }
        return this;
    }

    @Override
    public String toString() {
        return parameters.isEmpty()
                ? path
                : parameters.entrySet().stream()
                        .map(one -> one.getKey() + "=" + encoded(one.getValue()))
                        .collect(Collectors.joining("&", path + "?", ""));
    }

    /** The address if it is one of ours, else the first page. */
    static String ours(@Nullable String address) {
        return address != null && OURS.matcher(address).matches() ? address : PageFilter.HOME;
    }

    /** The address with a word about what has happened. */
    static String noticed(String address, String notice) {
        var plain = address.replaceAll("(?<=[?&])notice=[a-z-]*&?", "").replaceAll("[?&]$", "");
        return plain + (plain.contains("?") ? "&" : "?") + "notice=" + notice;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
