package coffer.access;

import coffer.id.Caller;
import coffer.platform.Settings;
import coffer.platform.SettingsReader;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.Config;

/**
 * How much a node remembers.
 *
 * @param cacheEntries credentials at most, about 500 bytes each
 */
record AccessSettings(int cacheEntries) implements Settings {

    static AccessSettings read(SettingsReader reader) {
        return new AccessSettings(
                (int) reader.number("coffer.access.cache-entries", 10_000, 1, 1_000_000));
    }

    /** Reads the settings once, at the start. */
    @Dependent
    static class Source {
        @Produces
        @Singleton
        AccessSettings settings(Config config) {
            return read(new SettingsReader(config));
        }

        @Produces
        @Singleton
        CallerCache<Caller.Appliance> cache(AccessSettings settings) {
            return new CallerCache<>(settings.cacheEntries(), System::nanoTime);
        }
    }
}
