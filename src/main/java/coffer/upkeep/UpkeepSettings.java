package coffer.upkeep;

import coffer.platform.Settings;
import coffer.platform.SettingsReader;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.Config;

import java.time.Duration;

/**
 * How thoroughly, and how carefully, what is kept is looked after.
 *
 * @param scrubDays within which every stored copy is read back once
 * @param scrubBudget bytes that a destination is read for in one UTC day, at most; 0: as many as
 *     {@code scrubDays} needs
 * @param orphanDelay how long an object without a row stays in quarantine
 * @param orphanLimit how many may be removed without anybody asking
 */
public record UpkeepSettings(int scrubDays, long scrubBudget, Duration orphanDelay, int orphanLimit)
        implements Settings {

    static UpkeepSettings read(SettingsReader reader) {
        return new UpkeepSettings(
                (int) reader.number("coffer.upkeep.scrub-days", 30, 1, 365),
                reader.size("coffer.upkeep.scrub-budget", "0", "0", "1024TiB").bytes(),
                reader.duration("coffer.upkeep.orphan-delay", "7d", "0s", "365d"),
                (int) reader.number("coffer.upkeep.orphan-limit", 100, 0, 1_000_000));
    }

    /** Reads the settings once, at the start. */
    @Dependent
    static class Source {
        @Produces
        @Singleton
        UpkeepSettings settings(Config config) {
            return read(new SettingsReader(config));
        }
    }
}
