package coffer.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class BusEarTest {

    private long now = -5;
    private final BusEar ear = new BusEar(() -> now);

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    void is_deaf_before_the_first_ping() {
        assertThat(ear.hears()).isFalse();
    }

    @Test
    void hears_for_ten_seconds_from_the_sending_of_its_last_ping() {
        ear.sending("a");
        pass(Duration.ofSeconds(4));
        ear.hear("a");
        pass(Duration.ofMillis(5_999));

        assertThat(ear.hears()).isTrue();

        pass(Duration.ofMillis(1));

        assertThat(ear.hears()).isFalse();
    }

    @Test
    void a_replayed_ping_does_not_count() {
        ear.sending("a");
        ear.hear("a");
        pass(Duration.ofSeconds(11));
        ear.hear("a");

        assertThat(ear.hears()).isFalse();
    }

    @Test
    void a_ping_of_another_node_does_not_count() {
        ear.sending("a");
        ear.hear("b");

        assertThat(ear.hears()).isFalse();
    }

    @Test
    void an_older_ping_that_comes_late_takes_nothing_back() {
        ear.sending("a");
        pass(Duration.ofSeconds(5));
        ear.sending("b");
        ear.hear("b");
        ear.hear("a");
        pass(Duration.ofSeconds(9));

        assertThat(ear.hears()).isTrue();
    }
}
