package coffer.erasure;

import coffer.platform.Settings;
import coffer.platform.SettingsReader;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.Config;

import java.time.Duration;

/**
 * How patient an erasure is.
 *
 * @param presignTtl how long a download address may still be good
 * @param credentialWait how long a node without the bus may still believe a credential
 * @param lookInterval between the two looks that must find nothing
 * @param retry until what stood in the way is tried again
 */
record ErasureSettings(
        Duration presignTtl, Duration credentialWait, Duration lookInterval, Duration retry)
        implements Settings {

    static ErasureSettings read(SettingsReader reader) {
        return new ErasureSettings(
                reader.duration("coffer.backup.presign-ttl", "5m", "1s", "15m"),
                reader.duration("coffer.erasure.credential-wait", "30s", "1s", "1h"),
                reader.duration("coffer.erasure.look-interval", "10m", "1s", "7d"),
                reader.duration("coffer.erasure.retry", "10m", "1s", "24h"));
    }

    /** From the freeze until nobody can read or write any more; leases come on top. */
    Duration freeze() {
        return presignTtl.compareTo(credentialWait) > 0 ? presignTtl : credentialWait;
    }

    /** Reads the settings once, at the start. */
    @Dependent
    static class Source {
        @Produces
        @Singleton
        ErasureSettings settings(Config config) {
            return read(new SettingsReader(config));
        }
    }
}
