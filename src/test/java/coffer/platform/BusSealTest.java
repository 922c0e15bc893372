package coffer.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

class BusSealTest {

    private static final Instant NOW = Instant.parse("2026-11-21T05:00:00Z");
    private static final BusMessage MESSAGE = new BusMessage("credentials", "system:0-1");

    private final BusSeal seal = new BusSeal(TestKeys.ring(), "coffer:test:one:bus");

    @Test
    void what_was_sealed_is_heard() {
        assertThat(seal.open(seal.seal(MESSAGE, NOW), NOW.plusSeconds(1))).contains(MESSAGE);
    }

    @Test
    void a_changed_line_is_not_heard() {
        var line = seal.seal(MESSAGE, NOW).replace("system:0-1", "system:0-2");

        assertThat(seal.open(line, NOW)).isEmpty();
    }

    @Test
    void a_line_of_another_environment_is_not_heard() {
        var other = new BusSeal(TestKeys.ring(), "coffer:production:one:bus");

        assertThat(seal.open(other.seal(MESSAGE, NOW), NOW)).isEmpty();
    }

    @Test
    void an_old_line_is_not_heard() {
        var line = seal.seal(MESSAGE, NOW);

        assertThat(seal.open(line, NOW.plus(BusSeal.WINDOW).plusMillis(1))).isEmpty();
    }

    @Test
    void a_line_from_a_clock_a_little_ahead_is_heard() {
        var line = seal.seal(MESSAGE, NOW.plus(Duration.ofSeconds(30)));

        assertThat(seal.open(line, NOW)).contains(MESSAGE);
    }

    @Test
    void a_line_by_a_former_key_is_heard_until_the_key_is_gone() {
        var line = seal.seal(MESSAGE, NOW);
        var next =
                Map.of(
                        "k1",
                        "the first key of a test, not secret at all",
                        "k2",
                        "the second key of a test");
        var alone = Map.of("k2", "the second key of a test");

        assertThat(new BusSeal(TestKeys.ring("k2", next), "coffer:test:one:bus").open(line, NOW))
                .contains(MESSAGE);
        assertThat(new BusSeal(TestKeys.ring("k2", alone), "coffer:test:one:bus").open(line, NOW))
                .isEmpty();
    }

    @Test
    void garbage_is_not_heard() {
        assertThat(seal.open("", NOW)).isEmpty();
        assertThat(seal.open("1|k1|9|ping|x|" + "0".repeat(64), NOW)).isEmpty();
        assertThat(seal.open("1|nokey|9|ping|x|" + "0".repeat(64), NOW)).isEmpty();
    }

    @Test
    void a_text_that_could_break_the_line_is_not_sealed() {
        var broken = new BusMessage("credentials", "a|b");

        assertThatThrownBy(() -> seal.seal(broken, NOW))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
