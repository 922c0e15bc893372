package coffer.backup;

import coffer.platform.Settings;
import coffer.platform.SettingsReader;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.Config;

import java.time.Duration;

/**
 * What is kept where no organization set another policy.
 *
 * @param maxBackups per system
 * @param maxBytes per system
 * @param trashPeriod how long an administrator can bring a retired backup back
 * @param demandCiphertext whether what is visibly not encrypted is refused rather than flagged
 * @param resendWindow how long a byte-identical backup counts as the same one sent again
 */
record RetentionSettings(
        int maxBackups,
        long maxBytes,
        Duration trashPeriod,
        boolean demandCiphertext,
        Duration resendWindow)
        implements Settings {

    static RetentionSettings read(SettingsReader reader) {
        return new RetentionSettings(
                (int) reader.number("coffer.retention.max-backups", 10, 1, 100_000),
                reader.size("coffer.retention.max-size", "500MiB", "1KiB", "1024TiB").bytes(),
                reader.duration("coffer.backup.trash-period", "7d", "1h", "30d"),
                reader.flag("coffer.backup.demand-ciphertext", false),
                reader.duration("coffer.backup.resend-window", "24h", "0s", "7d"));
    }

    /** Makes the record once, at start. */
    @Dependent
    static class Source {
        @Produces
        @Singleton
        RetentionSettings settings(Config config) {
            return read(new SettingsReader(config));
        }
    }
}
