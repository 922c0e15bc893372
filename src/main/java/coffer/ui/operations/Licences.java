package coffer.ui.operations;

import jakarta.servlet.ServletContext;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The libraries that are in the WAR, by their file names, and their licences, from a list that is
 * kept by hand; {@code LicencesTest} finds a library that is not on it.
 */
public final class Licences {

    static final String UNKNOWN = "?";

    private static final String FOLDER = "/WEB-INF/lib/";
    private static final Pattern NAME = Pattern.compile("(.+?)-(\\d[^/]*)\\.jar");
    private static final Properties KNOWN = read("licences.properties");
    private static final Properties BUILD = read("build.properties");

    private Licences() {}

    /** A library. */
    public record Part(String name, String version, String licence) {}

    static String version() {
        return BUILD.getProperty("version", UNKNOWN);
    }

    static List<Part> parts(ServletContext context) {
        return new TreeSet<>(
                        Objects.requireNonNullElse(context.getResourcePaths(FOLDER), List.of()))
                .stream().map(path -> part(path.substring(FOLDER.length()))).toList();
    }

    static Part part(String file) {
        var matcher = NAME.matcher(file);
        return matcher.matches()
                ? new Part(matcher.group(1), matcher.group(2), licence(matcher.group(1)))
                : new Part(file, UNKNOWN, licence(file));
    }

    private static String licence(String name) {
        return KNOWN.getProperty(name, UNKNOWN);
    }

    private static Properties read(String file) {
        var properties = new Properties();
        try (var stream = Licences.class.getResourceAsStream(file)) {
            properties.load(Objects.requireNonNull(stream, file));
        } catch (IOException inTheJar) {
            throw new UncheckedIOException(inTheJar);
        }
        return properties;
    }
}
