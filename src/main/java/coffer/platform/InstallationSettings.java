package coffer.platform;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.Config;

import java.util.Optional;
import java.util.Set;

/**
 * What the first start writes into the database.
 *
 * @param id the installation's id; absent: one is made
 * @param purpose {@code production}, or {@code demo} or {@code test}, where time may be moved
 */
record InstallationSettings(Optional<String> id, String purpose) implements Settings {

    private static final String ID = "coffer.installation.id";

    InstallationSettings {
        if (id.isPresent() && !id.get().matches("[a-z0-9][a-z0-9-]{2,62}")) {
            throw new SettingsProblem(
                    ID, "is '" + id.get() + "'", "3 to 63 of a-z, 0-9 and -, not beginning with -");
        }
    }

    static InstallationSettings read(SettingsReader reader) {
        return new InstallationSettings(
                reader.optional(ID),
                reader.oneOf(
                        "coffer.installation.purpose",
                        "production",
                        Set.of("production", "demo", "test")));
    }

    /** Reads the settings once, at the start. */
    @Dependent
    static class Source {
        @Produces
        @Singleton
        InstallationSettings settings(Config config) {
            return read(new SettingsReader(config));
        }
    }
}
