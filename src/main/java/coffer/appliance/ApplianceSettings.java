package coffer.appliance;

import coffer.platform.Settings;
import coffer.platform.SettingsReader;
import coffer.platform.TokenBuckets;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.Config;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How systems are named and how often one may try to register.
 *
 * @param keyPrefix what a system key begins with
 * @param byAddress attempts of one client address
 * @param bySecret attempts with one public part of a secret
 * @param activeWithin silent for longer, a system counts as inactive
 */
record ApplianceSettings(
        String keyPrefix,
        TokenBuckets.Rate byAddress,
        TokenBuckets.Rate bySecret,
        Duration activeWithin)
        implements Settings {

    private static final Pattern PREFIX = Pattern.compile("[A-Z0-9]{1,16}");

    static ApplianceSettings read(SettingsReader reader) {
        return new ApplianceSettings(
                reader.text("coffer.appliance.key-prefix", "NETH", PREFIX),
                new TokenBuckets.Rate(
                        reader.number(
                                "coffer.appliance.registrations-per-minute-by-address",
                                60,
                                1,
                                1_000_000),
                        reader.number(
                                "coffer.appliance.registrations-per-hour-by-address",
                                600,
                                1,
                                1_000_000)),
                new TokenBuckets.Rate(
                        reader.number(
                                "coffer.appliance.registrations-per-minute-by-secret",
                                10,
                                1,
                                1_000_000),
                        reader.number(
                                "coffer.appliance.registrations-per-hour-by-secret",
                                60,
                                1,
                                1_000_000)),
                reader.duration("coffer.appliance.active-within", "15m", "1m", "30d"));
    }

    /** Reads the settings once, at the start. */
    @Dependent
    static class Source {
        @Produces
        @Singleton
        ApplianceSettings settings(Config config) {
            return read(new SettingsReader(config));
        }
    }
}
