package coffer.job;

import coffer.platform.Settings;
import coffer.platform.SettingsProblem;
import coffer.platform.SettingsReader;

import jakarta.enterprise.concurrent.CronTrigger;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.Config;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * When each job fires, and how long a silent node keeps its lock.
 *
 * @param schedules cron in UTC by job, or {@code off}
 * @param lease how long a lock outlives its node
 */
record JobSettings(Map<String, String> schedules, Duration lease) implements Settings {

    /** No firing of its own; the job runs only when asked for. */
    static final String OFF = "off";

    private static final Map<String, String> EVERY_MINUTE =
            Map.of("pending-sweep", "* * * * *", "object-reaper", "* * * * *");
    private static final Pattern CRON = Pattern.compile("off|\\S+( \\S+){4,5}");

    JobSettings {
        schedules = Map.copyOf(schedules);
    }

    static JobSettings read(SettingsReader reader) {
        var schedules = new LinkedHashMap<String, String>();
        EVERY_MINUTE.keySet().stream()
                .sorted()
                .forEach(job ->
                        schedules.put(
                                job, schedule(reader, job, EVERY_MINUTE.getOrDefault(job, OFF))));
        return new JobSettings(schedules, reader.duration("coffer.job.lease", "1m", "5s", "1h"));
    }

    private static String schedule(SettingsReader reader, String job, String fallback) {
        var key = "coffer.job." + job + ".schedule";
        var cron = reader.text(key, fallback, CRON);
        if (!cron.equals(OFF)) {
            try {
                var _ = new CronTrigger(cron, ZoneOffset.UTC);
            } catch (IllegalArgumentException unreadable) {
                throw new SettingsProblem(
                        key, "is '" + cron + "'", "off, or cron of 5 or 6 fields");
            }
        }
        return cron;
    }

    /** Reads the settings once, at the start. */
    @Dependent
    static class Source {
        @Produces
        @Singleton
        JobSettings settings(Config config) {
            return read(new SettingsReader(config));
        }
    }
}
