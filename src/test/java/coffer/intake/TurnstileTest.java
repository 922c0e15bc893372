package coffer.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** As many as there are places, and no more; a place is given back whatever happens. */
class TurnstileTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int MANY = 100;

    private final Turnstile turnstile = new Turnstile();

    @Test
    void only_a_few_are_in_at_once_and_all_get_their_turn() {
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        var passed = new AtomicInteger();

        try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < MANY; i++) {
                crowd.execute(() ->
                        turnstile.pass(
                                PATIENCE,
                                () -> {
                                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                                    Thread.yield();
                                    inside.decrementAndGet();
                                    return passed.incrementAndGet();
                                }));
            }
        }

        assertThat(passed).hasValue(MANY);
        assertThat(most.get()).isBetween(1, Turnstile.PLACES);
    }

    @Test
    void whoever_waits_too_long_is_told() {
        var leave = new CountDownLatch(1);
        var inside = new CountDownLatch(Turnstile.PLACES);
        try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < Turnstile.PLACES; i++) {
                crowd.execute(() -> turnstile.pass(PATIENCE, () -> stay(inside, leave)));
            }
            stay(new CountDownLatch(1), inside);

            assertThatThrownBy(() -> turnstile.pass(Duration.ofMillis(1), () -> "in"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("too many uploads at once");

            leave.countDown();
        }
    }

    @Test
    void a_failure_gives_its_place_back() {
        for (var i = 0; i < MANY; i++) {
            assertThatThrownBy(() ->
                            turnstile.pass(
                                    Duration.ZERO,
                                    () -> {
                                        throw new IllegalArgumentException("as it happens");
                                    }))
                    .hasMessage("as it happens");
        }

        assertThat(turnstile.pass(Duration.ZERO, () -> "in")).isEqualTo("in");
    }

    private static boolean stay(CountDownLatch here, CountDownLatch until) {
        here.countDown();
        try {
            until.await();
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
