package coffer.quota;

import coffer.platform.Settings;
import coffer.platform.SettingsReader;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.Config;

import java.time.Duration;

/**
 * Limits that hold where nobody set others.
 *
 * @param organizationMaxBytes for the systems an organization owns itself; 0 is none
 * @param uploadsPerMinute per system
 * @param uploadsPerHour per system
 * @param cadence the time between uploads of a system of which it is neither declared nor learned
 */
record QuotaSettings(
        long organizationMaxBytes, int uploadsPerMinute, int uploadsPerHour, Duration cadence)
        implements Settings {

    static QuotaSettings read(SettingsReader reader) {
        return new QuotaSettings(
                reader.size("coffer.quota.organization-max-size", "100GiB", "0", "1024TiB").bytes(),
                (int) reader.number("coffer.intake.rate-per-minute", 6, 1, 100_000),
                (int) reader.number("coffer.intake.rate-per-hour", 60, 1, 1_000_000),
                reader.duration("coffer.fleet.cadence", "1d", "1h", "90d"));
    }

    /** Makes the record once, at start. */
    @Dependent
    static class Source {
        @Produces
        @Singleton
        QuotaSettings settings(Config config) {
            return read(new SettingsReader(config));
        }
    }
}
