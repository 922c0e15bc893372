package coffer.fleet;

import coffer.platform.Settings;
import coffer.platform.SettingsReader;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.Config;

import java.time.Duration;

/**
 * How the fleet is watched.
 *
 * @param review pause between two looks for systems that are overdue or silent
 * @param silentAfter without a heartbeat for so long, an alert is opened
 * @param presignTtl life of a download address
 */
public record FleetSettings(Duration review, Duration silentAfter, Duration presignTtl)
        implements Settings {

    static FleetSettings read(SettingsReader reader) {
        return new FleetSettings(
                reader.duration("coffer.fleet.review", "5m", "1s", "1d"),
                reader.duration("coffer.fleet.silent-after", "1d", "5m", "90d"),
                reader.duration("coffer.backup.presign-ttl", "5m", "1s", "15m"));
    }

    /** Makes the record once, at start. */
    @Dependent
    static class Source {
        @Produces
        @Singleton
        FleetSettings settings(Config config) {
            return read(new SettingsReader(config));
        }
    }
}
