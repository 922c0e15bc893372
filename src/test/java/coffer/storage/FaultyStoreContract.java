package coffer.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.launch.FaultProxy.Fault;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What Coffer makes of a store that refuses, fails, hangs or is gone. */
public abstract class FaultyStoreContract extends StoreFixture {

    @Test
    void a_wrong_secret_is_refused_by_all_three() {
        try (var wrong =
                store().with(TestStore.keys(store().writer().accessKey(), "not-the-secret"))
                        .open()) {
            var address = address();

            assertThat(wrong.writer("primary").put(address, payload(bytes(10)), METADATA))
                    .isInstanceOf(PutOutcome.Refused.class);
            assertThat(wrong.reader("primary").get(address, null, Optional.empty()))
                    .isInstanceOf(ReadOutcome.Refused.class);
            assertThat(wrong.eraser("primary").erase(List.of(address)).get(address))
                    .isInstanceOfSatisfying(
                            EraseOutcome.Failed.class,
                            failed -> assertThat(failed.retryable()).isFalse());
        }
    }

    @Test
    void an_unknown_key_is_refused() {
        try (var wrong =
                store().with(TestStore.keys("nobody-knows-this", "not-the-secret")).open()) {
            assertThat(wrong.writer("primary").put(address(), payload(bytes(10)), METADATA))
                    .isInstanceOf(PutOutcome.Refused.class);
        }
    }

    @Test
    void a_missing_bucket_is_refused_and_never_taken_for_a_missing_object() {
        try (var wrong = store().in("no-such-bucket-here").open()) {
            var address = address();

            assertThat(wrong.writer("primary").put(address, payload(bytes(10)), METADATA))
                    .isInstanceOf(PutOutcome.Refused.class);
            assertThat(wrong.reader("primary").head(address, null))
                    .isInstanceOf(ReadOutcome.Refused.class);
            assertThat(wrong.reader("primary").get(address, null, Optional.empty()))
                    .isInstanceOf(ReadOutcome.Refused.class);
            assertThat(wrong.eraser("primary").nothingLeft(address))
                    .isInstanceOf(Remains.Unknown.class);
            assertThat(wrong.eraser("primary").erase(List.of(address)).get(address))
                    .isInstanceOf(EraseOutcome.Failed.class);
        }
    }

    @Test
    void bytes_changed_on_the_way_are_refused_and_not_kept() {
        var address = address();
        proxy.fault(Fault.TAMPER, "PutObject");

        var outcome = writer().put(address, payload(bytes(100_000)), METADATA);

        assertThat(outcome).isInstanceOf(PutOutcome.Refused.class);
        proxy.pass();
        assertThat(reader().head(address, null)).isInstanceOf(ReadOutcome.Absent.class);
    }

    @Test
    void a_500_before_the_store_saw_it_is_tried_again() throws Exception {
        var bytes = bytes(100_000);
        var address = address();
        proxy.faultNext(Fault.ANSWER_500, 1, "PutObject");

        var outcome = writer().put(address, payload(bytes), METADATA);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        PutOutcome.Stored.class,
                        stored -> assertThat(stored.storageCalls()).isEqualTo(2));
        assertThat(read(address)).isEqualTo(bytes);
    }

    @Test
    void a_500_after_the_store_kept_it_ends_well() throws Exception {
        probed();
        var bytes = bytes(100_000);
        var address = address();
        proxy.faultNext(Fault.COMMIT_THEN_500, 1, "PutObject");

        var outcome = writer().put(address, payload(bytes), METADATA);

        // Three where the store says 412 and closes before it has read the body, and that is lost.
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        PutOutcome.Stored.class,
                        stored -> assertThat(stored.storageCalls()).isBetween(2, 3));
        assertThat(read(address)).isEqualTo(bytes);
        assertThat(eraser().erase(List.of(address)))
                .containsEntry(address, new EraseOutcome.Erased());
        assertThat(eraser().nothingLeft(address)).isEqualTo(new Remains.Nothing());
    }

    @ParameterizedTest
    @ValueSource(strings = {"CLOSE_EARLY", "COMMIT_THEN_CLOSE"})
    void a_connection_that_ends_early_is_tried_again(Fault fault) throws Exception {
        probed();
        var bytes = bytes(300_000);
        var address = address();
        proxy.faultNext(fault, 1, "PutObject");

        assertThat(writer().put(address, payload(bytes), METADATA))
                .isInstanceOf(PutOutcome.Stored.class);
        assertThat(read(address)).isEqualTo(bytes);
    }

    @Test
    void a_store_that_keeps_failing_is_unavailable_after_three_requests() {
        proxy.fault(Fault.ANSWER_500);

        var outcome = writer().put(address(), payload(bytes(10)), METADATA);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        PutOutcome.Unavailable.class,
                        away -> assertThat(away.retryAfter()).isPositive());
        assertThat(proxy.count("PutObject")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HANG_BEFORE", "HANG_AFTER"})
    void a_store_that_hangs_is_unavailable_within_its_timeout(Fault fault) throws Exception {
        try (var impatient =
                store().at(proxy.address()).open(TestStore.INSTALLATION, Duration.ofMillis(500))) {
            proxy.fault(fault);
            var began = System.nanoTime();

            var outcome = impatient.writer("primary").put(address(), payload(bytes(10)), METADATA);

            assertThat(outcome).isInstanceOf(PutOutcome.Unavailable.class);
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isLessThan(Duration.ofSeconds(30));
            assertThat(impatient.reader("primary").head(address(), null))
                    .isInstanceOf(ReadOutcome.Unavailable.class);
            assertThat(impatient.eraser("primary").nothingLeft(address()))
                    .isInstanceOf(Remains.Unknown.class);
        }
    }

    @Test
    void a_store_that_was_away_is_used_again_without_a_restart() throws Exception {
        var address = address();
        proxy.away();
        assertThat(writer().put(address, payload(bytes(10)), METADATA))
                .isInstanceOf(PutOutcome.Unavailable.class);
        assertThat(reader().head(address, null)).isInstanceOf(ReadOutcome.Unavailable.class);
        assertThat(eraser().erase(List.of(address)).get(address))
                .isInstanceOfSatisfying(
                        EraseOutcome.Failed.class,
                        failed -> assertThat(failed.retryable()).isTrue());
        assertThat(destinations.reachable("primary")).isFalse();

        proxy.pass();

        assertThat(writer().put(address, payload(bytes(10)), METADATA))
                .isInstanceOf(PutOutcome.Stored.class);
        assertThat(destinations.reachable("primary")).isTrue();
    }

    @Test
    void an_answer_cut_short_is_never_taken_for_the_whole() throws Exception {
        var address = put(bytes(300_000));
        proxy.fault(Fault.CUT_ANSWER, "GetObject");

        try (var content = found(reader().get(address, null, Optional.empty()))) {
            assertThatThrownBy(() -> content.stream().readAllBytes())
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_fifth_of_all_requests_failing_loses_nothing() throws Exception {
        proxy.fail(Fault.ANSWER_500, any -> true, 20, 42);
        for (var i = 0; i < 30; i++) {
            var address = address();
            var outcome = writer().put(address, payload(bytes(1000)), METADATA);
            if (outcome instanceof PutOutcome.Stored) {
                proxy.pass();
                assertThat(found(reader().head(address, null)).sizeBytes()).isEqualTo(1000);
                proxy.fail(Fault.ANSWER_500, any -> true, 20, 42 + i);
            }
        }
    }
}
