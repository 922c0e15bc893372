package coffer.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Optional;

class LocalBucketsTest {

    private static final TokenBuckets.Rate RATE = new TokenBuckets.Rate(6, 8);
    private long now;
    private final LocalBuckets buckets = new LocalBuckets(() -> now);

    private Optional<Duration> take() {
        return buckets.move("a", RATE, 1).filter(Duration::isPositive);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    void the_minutes_tokens_are_taken_at_once_and_no_more() {
        for (var token = 0; token < 6; token++) {
            assertThat(take()).isEmpty();
        }

        assertThat(take()).contains(Duration.ofSeconds(10));
    }

    @Test
    void tokens_come_back_with_time() {
        for (var token = 0; token < 6; token++) {
            take();
        }
        pass(Duration.ofSeconds(10));

        assertThat(take()).isEmpty();
        assertThat(take()).isPresent();
    }

    @Test
    void the_hours_bucket_holds_when_the_minutes_is_full_again() {
        for (var token = 0; token < 6; token++) {
            take();
        }
        pass(Duration.ofSeconds(60));
        take();
        take();

        assertThat(take())
                .hasValueSatisfying(wait -> assertThat(wait).isGreaterThan(Duration.ofMinutes(5)));
    }

    @Test
    void a_token_given_back_can_be_taken_again() {
        for (var token = 0; token < 6; token++) {
            take();
        }
        buckets.move("a", RATE, -1);

        assertThat(take()).isEmpty();
        assertThat(take()).isPresent();
    }

    @Test
    void giving_back_never_overfills() {
        buckets.move("a", RATE, -1);
        for (var token = 0; token < 6; token++) {
            assertThat(take()).isEmpty();
        }

        assertThat(take()).isPresent();
    }

    @Test
    void names_without_number_stay_within_bounds() {
        for (var name = 0; name < LocalBuckets.MOST + 5_000; name++) {
            buckets.move("name-" + name, RATE, 1);
        }

        assertThat(buckets.size()).isEqualTo(LocalBuckets.MOST);
    }

    @Test
    void a_share_is_never_empty() {
        assertThat(RATE.sharedBy(3)).isEqualTo(new TokenBuckets.Rate(2, 2));
        assertThat(RATE.sharedBy(100)).isEqualTo(new TokenBuckets.Rate(1, 1));
    }
}
