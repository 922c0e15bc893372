package coffer.legacy;

import coffer.platform.Settings;
import coffer.platform.SettingsReader;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.Config;

import java.time.Duration;

/**
 * How the installed base moves over.
 *
 * @param grace how long a legacy pair works after its system has used its new credential
 */
record LegacySettings(Duration grace) implements Settings {

    static LegacySettings read(SettingsReader reader) {
        return new LegacySettings(reader.duration("coffer.legacy.grace", "30d", "0s", "3650d"));
    }

    /** Reads the settings once, at the start. */
    @Dependent
    static class Source {
        @Produces
        @Singleton
        LegacySettings settings(Config config) {
            return read(new SettingsReader(config));
        }
    }
}
