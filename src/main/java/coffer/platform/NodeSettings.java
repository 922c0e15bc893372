package coffer.platform;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.Config;

import java.util.Optional;
import java.util.Set;

/**
 * What this node is called and does.
 *
 * @param name its name; absent: host name and port
 * @param port the port it answers on, which tells two nodes of one host apart
 * @param roles any of {@code ingest}, {@code read}, {@code erase}, {@code jobs}, {@code pages}
 */
public record NodeSettings(Optional<String> name, int port, Set<String> roles) implements Settings {

    private static final String NAME = "coffer.node.name";

    /** Refuses a name that could not stand in a log line, an address or a path. */
    public NodeSettings {
        roles = Set.copyOf(roles);
        if (name.isPresent() && !name.get().matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
            throw new SettingsProblem(
                    NAME,
                    "is '" + name.get() + "'",
                    "1 to 63 of A-Z, a-z, 0-9, '.', '_' and '-', beginning with a letter or digit");
        }
    }

    /** True when this node has the role. */
    public boolean has(String role) {
        return roles.contains(role);
    }

    static NodeSettings read(SettingsReader reader) {
        return new NodeSettings(
                reader.optional(NAME),
                (int) reader.number("coffer.http.port", 9080, 1, 65535),
                reader.someOf(
                        "coffer.node.roles",
                        "erase, ingest, jobs, pages, read",
                        Set.of("ingest", "read", "erase", "jobs", "pages")));
    }

    /** Reads the settings once, at the start. */
    @Dependent
    static class Source {
        @Produces
        @Singleton
        NodeSettings settings(Config config) {
            return read(new SettingsReader(config));
        }
    }
}
