package coffer.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

class SilenceTest {

    private static final Instant SEEN = Instant.parse("2026-11-21T07:00:00Z");

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // it may well overflow
    private final Silence silence = new Silence(Duration.ofSeconds(20), nanos::get);

    @Test
    void a_node_is_dead_once_its_sign_of_life_has_not_changed_for_long_enough() {
        silence.tooLong("a", SEEN);

        lookFor(19);
        var before = silence.tooLong("a", SEEN);
        pass(1);
        var after = silence.tooLong("a", SEEN);

        assertThat(before).isFalse();
        assertThat(after).isTrue();
    }

    @Test
    void a_jump_of_the_databases_time_kills_nobody() {
        silence.tooLong("a", SEEN);

        lookFor(10);
        var jumped = silence.tooLong("a", SEEN.plus(Duration.ofDays(30)));
        pass(8);
        silence.tooLong("a", SEEN.plus(Duration.ofDays(30)));
        pass(8);
        var later = silence.tooLong("a", SEEN.plus(Duration.ofDays(30)));

        assertThat(jumped).isFalse();
        assertThat(later).isFalse();
    }

    @Test
    void a_node_that_never_beat_is_dead_after_the_same_time() {
        silence.tooLong("a", null);

        pass(10);
        silence.tooLong("a", null);
        pass(10);

        assertThat(silence.tooLong("a", null)).isTrue();
    }

    @Test
    void who_has_not_looked_for_a_while_begins_to_count_anew() {
        silence.tooLong("a", SEEN);

        pass(60); // This node stood still itself, or the database was away for all.
        var atOnce = silence.tooLong("a", SEEN);
        lookFor(19);
        var before = silence.tooLong("a", SEEN);
        pass(1);
        var after = silence.tooLong("a", SEEN);

        assertThat(atOnce).isFalse();
        assertThat(before).isFalse();
        assertThat(after).isTrue();
    }

    private void lookFor(int seconds) {
        for (var second = 0; second < seconds; second++) {
            pass(1);
            silence.tooLong("a", SEEN);
        }
    }

    private void pass(int seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }
}
