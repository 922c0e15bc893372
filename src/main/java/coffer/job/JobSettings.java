package coffer.job;

import coffer.platform.Settings;
import coffer.platform.SettingsProblem;
import coffer.platform.SettingsReader;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.Config;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * When each job fires, and how long a node may be silent.
 *
 * @param schedules by job
 * @param silence after which a node is taken for dead and its runs go on elsewhere
 */
record JobSettings(Map<String, Schedule> schedules, Duration silence) implements Settings {

    /**
     * When a job fires.
     *
     * @param text the calendar expression, or {@code off}
     * @param zone whose clock it follows
     * @param jitter by how much a firing is spread, at most
     * @param expression the text, read; empty for {@code off}
     */
    record Schedule(
            String text, ZoneId zone, Duration jitter, Optional<CronExpression> expression) {}

    /** No firing of its own; the job runs only when asked for. */
    static final String OFF = "off";

    private static final Pattern CRON = Pattern.compile("off|\\S+( \\S+){4,5}");
    private static final Pattern ZONE = Pattern.compile("[A-Za-z][A-Za-z0-9/_+-]{0,63}");

    JobSettings {
        schedules = Map.copyOf(schedules);
    }

    Schedule schedule(String job) {
        var schedule = schedules.get(job);
        if (schedule == null) {
            throw new IllegalArgumentException("no such job: " + job);
        }
        return schedule;
    }

    static JobSettings read(SettingsReader reader) {
        var schedules = new LinkedHashMap<String, Schedule>();
        JobDescription.ALL.forEach(job -> schedules.put(job.name(), schedule(reader, job)));
        return new JobSettings(schedules, reader.duration("coffer.job.silence", "20s", "5s", "1m"));
    }

    private static Schedule schedule(SettingsReader reader, JobDescription job) {
        var group = "coffer.job." + job.name() + ".";
        var zone = zone(reader, group + "zone");
        var jitter = reader.duration(group + "jitter", job.jitter(), "0s", "1h");
        var key = group + "schedule";
        var text = reader.text(key, job.schedule(), CRON);
        if (text.equals(OFF)) {
            return new Schedule(text, zone, jitter, Optional.empty());
        }
        try {
            return new Schedule(text, zone, jitter, Optional.of(CronExpression.parse(text, zone)));
        } catch (IllegalArgumentException unreadable) {
            throw new SettingsProblem(key, "is '" + text + "'", "off, or cron of 5 or 6 fields");
        }
    }

    private static ZoneId zone(SettingsReader reader, String key) {
        var text = reader.text(key, "UTC", ZONE);
        try {
            return ZoneId.of(text);
        } catch (DateTimeException unknown) {
            throw new SettingsProblem(key, "is '" + text + "'", "a zone, as in Europe/Rome");
        }
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
