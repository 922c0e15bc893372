package coffer.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.retention.RetentionForecast.Day;
import coffer.retention.RetentionForecast.Expectation;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

class RetentionForecastTest {

    private static final Instant NOW = Instant.parse("2026-11-21T07:00:00Z");
    private static final RetentionRules RULES =
            new RetentionRules(10, 1_000_000, Duration.ofDays(7));

    @Test
    void one_a_day_fills_the_caps_then_the_trash_and_then_loses_a_day_a_night() {
        var days = RetentionForecast.of(List.of(), RULES, new Expectation(30, 1, 1_000), NOW);

        assertThat(days).hasSize(30).extracting(Day::refused).containsOnly(0);
        assertThat(days.get(9).liveCount()).isEqualTo(10);
        assertThat(days.getLast().liveCount()).isEqualTo(10);
        assertThat(days.getLast().trashCount()).isEqualTo(8);
        assertThat(days.getLast().erased()).hasSize(1);
    }

    @Test
    void silence_costs_nothing() {
        var days = RetentionForecast.of(List.of(), RULES, new Expectation(5, 1, 1_000), NOW);
        var silent = RetentionForecast.of(List.of(), RULES, new Expectation(60, 0, 1_000), NOW);

        assertThat(days.getLast().liveCount()).isEqualTo(5);
        assertThat(silent).allMatch(day -> day.erased().isEmpty() && day.retired().isEmpty());
    }

    @Test
    void what_alone_is_too_large_is_refused_every_day() {
        var days = RetentionForecast.of(List.of(), RULES, new Expectation(3, 2, 2_000_000), NOW);

        assertThat(days).extracting(Day::refused).containsOnly(2);
        assertThat(days).extracting(Day::liveCount).containsOnly(0);
    }

    @Test
    void nonsense_is_refused() {
        assertThatThrownBy(() -> new Expectation(0, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Expectation(1, 49, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Expectation(1, 1, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
