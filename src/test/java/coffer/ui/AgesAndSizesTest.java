package coffer.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Times, ages and sizes as people read them. */
class AgesAndSizesTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final Phrases english = new Phrases(Locale.ENGLISH);
    private final Phrases italian = new Phrases(Locale.ITALIAN);

    @Test
    void an_age_is_told_in_its_largest_unit() {
        assertThat(english.age(NOW.minusSeconds(5), NOW)).isEqualTo("just now");
        assertThat(english.age(NOW.minusSeconds(60), NOW)).isEqualTo("1 minute ago");
        assertThat(english.age(NOW.minus(Duration.ofMinutes(119)), NOW))
                .isEqualTo("119 minutes ago");
        assertThat(english.age(NOW.minus(Duration.ofHours(47)), NOW)).isEqualTo("47 hours ago");
        assertThat(italian.age(NOW.minus(Duration.ofDays(3)), NOW)).isEqualTo("3 giorni fa");
        assertThat(italian.age(null, NOW)).isEqualTo("mai");
    }

    @Test
    void a_size_has_two_or_three_figures() {
        assertThat(english.size(0)).isEqualTo("0 B");
        assertThat(english.size(1536)).isEqualTo("1.5 KiB");
        assertThat(english.size(500L << 20)).isEqualTo("500 MiB");
        assertThat(italian.size(1536)).isEqualTo("1,5 KiB");
    }

    @Test
    void a_moment_names_its_zone() {
        assertThat(english.at(NOW)).isEqualTo("21 Nov 2026, 12:00 UTC");
        assertThat(italian.at(NOW)).startsWith("21 nov 2026").endsWith("UTC");
    }
}
