package coffer.access;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.id.Caller;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

class CallerCacheTest {

    private static final int MOST = 100;
    private final UUID owner = UUID.randomUUID();
    private final UUID customer = UUID.randomUUID();
    private final Caller.Appliance caller = caller();
    private long now = Long.MAX_VALUE - 1_000; // A monotonic clock may wrap.
    private final CallerCache<Caller.Appliance> cache = new CallerCache<>(MOST, () -> now);
    private final CallerCache.Key key = cache.key("key", "secret");

    private Caller.Appliance caller() {
        return new Caller.Appliance(
                UUID.randomUUID(), "key", UUID.randomUUID(), List.of(owner, customer));
    }

    private void put(Duration life) {
        cache.put(key, caller, cache.epoch(), cache.now(), life);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    void an_entry_lives_less_than_25_seconds() {
        put(null);
        pass(Duration.ofMillis(24_999));

        assertThat(cache.get(key)).isEqualTo(caller);

        pass(Duration.ofMillis(1));

        assertThat(cache.get(key)).isNull();
    }

    @Test
    void an_entry_is_dated_before_its_read() {
        var epoch = cache.epoch();
        var readAt = cache.now();
        pass(Duration.ofSeconds(20));
        cache.put(key, caller, epoch, readAt, null);
        pass(Duration.ofSeconds(5));

        assertThat(cache.get(key)).isNull();
    }

    @Test
    void an_entry_ends_with_its_secret() {
        put(Duration.ofSeconds(3));
        pass(Duration.ofSeconds(3));

        assertThat(cache.get(key)).isNull();
    }

    @Test
    void what_was_read_before_an_invalidation_is_not_kept_after_it() {
        var epoch = cache.epoch();
        cache.dropIf(any -> false);
        cache.put(key, caller, epoch, cache.now(), null);

        assertThat(cache.get(key)).isNull();
    }

    @Test
    void a_systems_entries_go_with_it_and_others_stay() {
        put(null);
        var other = cache.key("other", "secret");
        cache.put(other, caller(), cache.epoch(), cache.now(), null);
        cache.dropIf(one -> one.systemId().equals(caller.systemId()));

        assertThat(cache.get(key)).isNull();
        assertThat(cache.get(other)).isNotNull();
    }

    @Test
    void every_ancestor_takes_its_entries_along() {
        for (var organization : List.of(owner, customer)) {
            put(null);
            cache.dropIf(one -> one.organizationPath().contains(organization));

            assertThat(cache.get(key)).isNull();
        }
    }

    @Test
    void a_gap_on_the_bus_takes_all() {
        put(null);
        cache.dropAll();

        assertThat(cache.get(key)).isNull();
    }

    @Test
    void another_secret_or_key_is_another_entry() {
        put(null);

        assertThat(cache.get(cache.key("key", "secres"))).isNull();
        assertThat(cache.get(cache.key("kez", "secret"))).isNull();
    }

    @Test
    void two_nodes_never_share_a_digest() {
        var other = new CallerCache<Caller.Appliance>(MOST, () -> now);

        assertThat(other.key("key", "secret")).isNotEqualTo(key);
    }

    @Test
    void ten_thousand_good_credentials_stay_within_the_bound() {
        for (var system = 0; system < 10_000; system++) {
            var one = cache.key("key-" + system, "secret");
            cache.put(one, caller(), cache.epoch(), cache.now(), null);
        }

        assertThat(cache.size()).isEqualTo(MOST);
    }

    @Test
    void dead_entries_go_before_living_ones() {
        for (var system = 0; system < MOST - 1; system++) {
            var one = cache.key("key-" + system, "secret");
            cache.put(one, caller(), cache.epoch(), cache.now(), Duration.ofSeconds(1));
        }
        pass(Duration.ofSeconds(2));
        put(null);
        var last = cache.key("last", "secret");
        cache.put(last, caller(), cache.epoch(), cache.now(), null);

        assertThat(cache.get(key)).isNotNull();
        assertThat(cache.size()).isEqualTo(2);
    }
}
