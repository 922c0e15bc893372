package coffer.ui;

import org.jspecify.annotations.Nullable;

import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.ResourceBundle;

/** Texts, times, ages and sizes in one language. */
public final class Phrases {

    static final String BUNDLE = "coffer.ui.pages";

    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
    private static final ResourceBundle.Control EXACT =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final Locale locale;
    private final Locale dates;
    private final ResourceBundle bundle;

    Phrases(Locale locale) {
        this.locale = locale;
        this.dates = locale.equals(Locale.ENGLISH) ? Locale.UK : locale;
        this.bundle = ResourceBundle.getBundle(BUNDLE, locale, EXACT);
    }

    /** True when there is such a text. */
    public boolean has(String key) {
        return bundle.containsKey(key);
    }

    /** With arguments for {@code {0}}, {@code {1}}, …. */
    public String text(String key, Object... arguments) {
        var pattern = bundle.getString(key);
        return arguments.length == 0
                ? pattern
                : new MessageFormat(pattern, locale).format(arguments);
    }

    /** {@code 21 Nov 2026, 05:00 UTC}. */
    public String at(@Nullable Instant instant) {
        return instant == null
                ? text("time.never")
                : DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                                .withLocale(dates)
                                .withZone(ZoneOffset.UTC)
                                .format(instant)
                        + " UTC";
    }

    /** {@code 28 Nov 2026}. */
    public String day(Instant instant) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                .withLocale(dates)
                .withZone(ZoneOffset.UTC)
                .format(instant);
    }

    /** {@code 3 hours ago}. */
    public String age(@Nullable Instant instant, Instant now) {
        if (instant == null) {
            return text("time.never");
        }
        var age = Duration.between(instant, now);
        return age.toSeconds() < 60 ? text("time.now") : text("time.ago", span(age));
    }

    /** {@code 3 hours}: the largest unit, rounded down. */
    public String span(Duration span) {
        if (span.toDays() >= 2) {
            return text("time.days", span.toDays());
        }
        return span.toHours() >= 2
                ? text("time.hours", span.toHours())
                : text("time.minutes", Math.max(1, span.toMinutes()));
    }

    /** {@code 47.1 KiB}. */
    public String size(long bytes) {
        var unit = 0;
        var value = (double) bytes;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0
                ? bytes + " B"
                : String.format(locale, value < 10 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
    }

    /** {@code 12,345}. */
    public String number(long number) {
        return String.format(locale, "%,d", number);
    }
}
