package coffer.ui;

import org.jspecify.annotations.Nullable;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Addresses of pages: what a page is about is in them, so that they can be kept and sent. */
public final class Addresses {

    /** The list of systems. */
    public static final String SYSTEMS = PageFilter.FOLDER + "systems.xhtml";

    /** One system. */
    public static final String SYSTEM = PageFilter.FOLDER + "system.xhtml";

    /** A backup's bytes. */
    public static final String DOWNLOAD = PageFilter.FOLDER + "download.xhtml";

    /** Nothing but a page of ours: no other host can be written so. */
    private static final Pattern OURS =
            Pattern.compile("/ui/[a-z-]{1,40}\\.xhtml(\\?[A-Za-z0-9._~%&=+:,/*-]{0,2000})?");

    /** The tree of organizations. */
    public static final String ORGANIZATIONS = PageFilter.FOLDER + "organizations.xhtml";

    /** One organization. */
    public static final String ORGANIZATION = PageFilter.FOLDER + "organization.xhtml";

    /** The accounts. */
    public static final String PEOPLE = PageFilter.FOLDER + "people.xhtml";

    /** One account. */
    public static final String PERSON = PageFilter.FOLDER + "person.xhtml";

    private final String path;
    private final Map<String, String> parameters = new LinkedHashMap<>();

    private Addresses(String path) {
        this.path = path;
    }

    /** A page without parameters. */
    public static Addresses of(String path) {
        return new Addresses(path);
    }

    /** A system's page. */
    public static String system(UUID id) {
        return of(SYSTEM).with("id", id).toString();
    }

    /** An organization's page. */
    public static String organization(UUID id) {
        return of(ORGANIZATION).with("id", id).toString();
    }

    /** An account's page. */
    public static String person(UUID id) {
        return of(PERSON).with("id", id).toString();
    }

    /** How an erasure stands. */
    public static String purge(UUID id) {
        return of(PageFilter.FOLDER + "purge.xhtml").with("id", id).toString();
    }

    /** With a parameter, or without it where the value is null. */
    public Addresses with(String name, @Nullable Object value) {
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
    public static String ours(@Nullable String address) {
        return address != null && OURS.matcher(address).matches() ? address : PageFilter.HOME;
    }

    /** The address with a word about what has happened. */
    public static String noticed(String address, String notice) {
        var plain = address.replaceAll("(?<=[?&])notice=[a-z-]*&?", "").replaceAll("[?&]$", "");
        return plain + (plain.contains("?") ? "&" : "?") + "notice=" + notice;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
