package coffer.storage;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.FaultProxy;
import coffer.launch.FaultProxy.Fault;
import coffer.launch.Wait;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What the watch sees of a store, and what the probe leaves behind. */
class WatchedStoreIT {

    @TempDir static Path folder;

    private static EmbeddedStore embedded;

    @BeforeAll
    static void start() throws Exception {
        embedded = EmbeddedStore.onFiles(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        embedded.close();
    }

    @Test
    void a_store_that_answers_is_up_and_one_that_is_gone_is_away() throws Exception {
        try (var proxy = FaultProxy.before(embedded.store().endpoint());
                var destinations = embedded.store().at(proxy.address()).open()) {
            var destination = destinations.destination("primary");
            awaitUp(destination);

            proxy.away();
            assertThat(destination.check().state()).isEqualTo(Destination.State.AWAY);

            proxy.pass();
            awaitUp(destination);
        }
    }

    @Test
    void a_store_that_hangs_is_away_within_seconds() throws Exception {
        try (var proxy = FaultProxy.before(embedded.store().endpoint());
                var destinations = embedded.store().at(proxy.address()).open()) {
            proxy.fault(Fault.HANG_BEFORE);
            var began = System.nanoTime();

            assertThat(destinations.destination("primary").check().state())
                    .isEqualTo(Destination.State.AWAY);
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isLessThan(Duration.ofSeconds(40));
        }
    }

    @Test
    void a_wrong_key_and_a_missing_bucket_are_told_from_a_store_that_is_away() {
        try (var wrongKey =
                        embedded.store().with(TestStore.keys("contract-access", "wrong")).open();
                var noBucket = embedded.store().in("no-such-bucket").open()) {
            assertThat(wrongKey.destination("primary").check().state())
                    .isEqualTo(Destination.State.REFUSING);
            assertThat(noBucket.destination("primary").check().state())
                    .isEqualTo(Destination.State.REFUSING);
        }
    }

    @Test
    void the_probe_leaves_nothing_behind() {
        try (var destinations = embedded.store().open()) {
            CapabilityProbe.run(
                    destinations.destination("primary"), "probed-one", Clock.systemUTC());

            var left = destinations.reader("primary").list("probed-one/", Optional.empty());

            assertThat(ObjectStoreContract.found(left).objects()).isEmpty();
            assertThat(destinations.capabilities("primary").known()).isTrue();
        }
    }

    @Test
    void a_node_that_only_ingests_builds_no_reader_and_no_eraser() {
        var all = embedded.store().settings(Duration.ofSeconds(5));
        var store = all.destinations().get("primary");
        var ingest =
                new StorageSettings.Store(
                        "primary",
                        store.endpoint(),
                        Optional.empty(),
                        store.region(),
                        store.bucket(),
                        true,
                        store.authorities(),
                        store.writer(),
                        Optional.empty(),
                        Optional.empty());
        var settings =
                new StorageSettings(
                        Map.of("primary", ingest),
                        "primary",
                        4,
                        all.connectTimeout(),
                        all.answerTimeout(),
                        3,
                        all.slowest(),
                        all.signedPayload(),
                        all.watch());
        try (var destinations = Destinations.open(settings, TestStore.INSTALLATION)) {
            awaitUp(destinations.destination("primary"));
            assertThat(CapabilityProbe.possible(destinations.destination("primary"))).isFalse();
            assertThat(destinations.writer("primary")).isNotNull();
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> destinations.reader("primary"))
                    .isInstanceOf(IllegalStateException.class);
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> destinations.eraser("primary"))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    /** The watch looks again and again, too: a slow first look is no sign of an outage. */
    private static void awaitUp(Destination destination) {
        Wait.until(
                "the store is up",
                Duration.ofSeconds(60),
                () -> destination.check().state() == Destination.State.UP);
    }
}
