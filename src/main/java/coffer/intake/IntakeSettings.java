package coffer.intake;

import coffer.platform.ByteSize;
import coffer.platform.Settings;
import coffer.platform.SettingsReader;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.Config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How uploads are taken in.
 *
 * @param maxUploadBytes the largest single backup
 * @param memoryBytes shared by all small uploads under way; the others go to the spool
 * @param spoolBytes shared by all spool files; full is 503
 * @param spoolFolder must be writable; files in it have no name as soon as they are open
 * @param uploadsInFlight per system
 * @param lease how long an upload is ours without a sign of life from its node
 * @param sweepGrace how long after its lease an upload is left alone
 * @param lateAfter when an abandoned address is erased once more, for a PUT that landed late
 */
record IntakeSettings(
        long maxUploadBytes,
        long memoryBytes,
        long spoolBytes,
        Path spoolFolder,
        int uploadsInFlight,
        Duration lease,
        Duration sweepGrace,
        Duration lateAfter,
        long slowestBytesPerSecond,
        Duration slowWindow)
        implements Settings {

    /** Bodies up to this size may stay in memory. */
    static final int SMALL_BYTES = 256 * 1024;

    static IntakeSettings read(SettingsReader reader) {
        return new IntakeSettings(
                reader.size("coffer.intake.max-upload-size", "2GiB", "1", "5GiB").bytes(),
                reader.size("coffer.intake.memory", "32MiB", "0", "4GiB").bytes(),
                reader.size("coffer.intake.spool-size", "16GiB", "1MiB", "16TiB").bytes(),
                Path.of(
                        reader.text(
                                "coffer.intake.spool-folder",
                                System.getProperty("java.io.tmpdir", "/tmp"),
                                Pattern.compile(".+"))),
                (int) reader.number("coffer.intake.uploads-in-flight", 2, 1, 100),
                reader.duration("coffer.intake.lease", "2m", "30s", "1h"),
                reader.duration("coffer.intake.sweep-grace", "10m", "1s", "7d"),
                reader.duration("coffer.intake.late-after", "24h", "1m", "7d"),
                reader.size("coffer.intake.slowest-rate", "8KiB", "0", "1GiB").bytes(),
                reader.duration("coffer.intake.slow-window", "60s", "1s", "1h"));
    }

    /** How often a node renews its leases: four times within one. */
    Duration renewal() {
        return lease.dividedBy(4);
    }

    ByteSize maxUpload() {
        return new ByteSize(maxUploadBytes);
    }

    /** Makes the record once, at start. */
    @Dependent
    static class Source {
        @Produces
        @Singleton
        IntakeSettings settings(Config config) {
            return read(new SettingsReader(config));
        }
    }
}
