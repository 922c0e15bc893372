package coffer.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.launch.FaultProxy;
import coffer.launch.FaultProxy.Fault;
import coffer.storage.ObjectReader.Facts;
import coffer.storage.ObjectReader.Listed;
import coffer.storage.ObjectReader.Page;
import coffer.storage.ObjectReader.Range;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What every object store must do for Coffer, whatever its make. A subclass brings the store. */
@Timeout(180)
public abstract class ObjectStoreContract {

    private static final ObjectMetadata METADATA =
            new ObjectMetadata(
                    "config.tar.gz.gpg",
                    "application/pgp-encrypted",
                    Instant.parse("2026-11-21T05:00:00Z"));
    private static final int MIB = 1 << 20;

    private FaultProxy proxy;
    private Destinations destinations;

    /** The store, running, with an empty or a used bucket. */
    protected abstract TestStore store();

    @BeforeEach
    void open() throws IOException {
        proxy = FaultProxy.before(store().endpoint());
        destinations = store().at(proxy.address()).open();
    }

    @AfterEach
    void close() throws IOException {
        destinations.close();
        proxy.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16 * 1024, 256 * 1024, 9 * MIB})
    void what_was_put_from_memory_comes_back_byte_for_byte(int size) throws Exception {
        var bytes = bytes(size);
        var address = address();

        var outcome = writer().put(address, payload(bytes), METADATA);

        assertThat(outcome).isInstanceOf(PutOutcome.Stored.class);
        assertThat(read(address)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {256 * 1024, 40 * MIB})
    void what_was_put_from_a_file_comes_back_byte_for_byte(int size, @TempDir Path folder)
            throws Exception {
        var bytes = bytes(size);
        var address = address();

        try (var file = file(folder, bytes)) {
            assertThat(writer().put(address, Payload.of(file, size, sha256(bytes)), METADATA))
                    .isInstanceOf(PutOutcome.Stored.class);
        }

        assertThat(read(address)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {16 * 1024, 40 * MIB})
    void a_put_is_one_request_whatever_its_size(int size) throws Exception {
        var outcome = writer().put(address(), payload(bytes(size)), METADATA);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        PutOutcome.Stored.class,
                        stored -> assertThat(stored.storageCalls()).isEqualTo(1));
        assertThat(proxy.counts()).containsOnlyKeys("PutObject").containsValue(1L);
    }

    @Test
    void a_range_comes_back_alone() throws Exception {
        var bytes = bytes(100_000);
        var address = put(bytes);

        try (var content =
                found(reader().get(address, null, Optional.of(new Range(50_000, 50_099))))) {
            assertThat(content.sizeBytes()).isEqualTo(100);
            assertThat(content.stream().readAllBytes())
                    .isEqualTo(java.util.Arrays.copyOfRange(bytes, 50_000, 50_100));
        }
    }

    @Test
    void head_tells_size_and_what_was_written_beside_the_bytes() throws Exception {
        var bytes = bytes(1000);
        var address = put(bytes);

        var info = found(reader().head(address, null));

        assertThat(info.sizeBytes()).isEqualTo(1000);
        assertThat(info.metadata())
                .containsEntry("filename", METADATA.filename())
                .containsEntry("uploaded-at", "2026-11-21T05:00:00Z")
                .containsEntry("sha256", java.util.HexFormat.of().formatHex(sha256(bytes)));
    }

    @Test
    void what_is_not_there_is_absent() {
        assertThat(reader().head(address(), null)).isEqualTo(new ReadOutcome.Absent<Facts>());
        assertThat(reader().get(address(), null, Optional.empty()))
                .isEqualTo(new ReadOutcome.Absent<ObjectContent>());
    }

    @Test
    void a_listing_comes_in_pages_of_a_thousand() throws Exception {
        var system = UUID.randomUUID();
        var addresses = putMany(system, 1005);

        var first = found(reader().list(addresses.getFirst().systemPrefix(), Optional.empty()));
        var second = found(reader().list(addresses.getFirst().systemPrefix(), first.next()));

        assertThat(first.objects()).hasSize(1000);
        assertThat(second.next()).isEmpty();
        assertThat(keys(first, second))
                .containsExactlyInAnyOrderElementsOf(
                        addresses.stream().map(Address::text).toList());
        assertThat(destinations.eraser("primary").erase(addresses).values())
                .hasOnlyElementsOfType(EraseOutcome.Erased.class);
    }

    @Test
    void a_thousand_and_more_are_erased_in_two_requests() throws Exception {
        var addresses = putMany(UUID.randomUUID(), 1001);
        proxy.resetCounts();

        var outcomes = eraser().erase(addresses);

        assertThat(outcomes.keySet()).containsExactlyInAnyOrderElementsOf(addresses);
        assertThat(outcomes.values()).hasOnlyElementsOfType(EraseOutcome.Erased.class);
        assertThat(proxy.count("DeleteObjects")).isEqualTo(2);
        assertThat(proxy.total()).isLessThanOrEqualTo(8);
    }

    @Test
    void nothing_is_left_of_what_was_erased() throws Exception {
        var address = put(bytes(1000));
        assertThat(eraser().nothingLeft(address)).isEqualTo(new Remains.Some(1, 0, 0));

        var outcomes = eraser().erase(List.of(address));

        assertThat(outcomes).containsEntry(address, new EraseOutcome.Erased());
        assertThat(eraser().nothingLeft(address)).isEqualTo(new Remains.Nothing());
        assertThat(reader().head(address, null)).isInstanceOf(ReadOutcome.Absent.class);
    }

    @Test
    void erasing_again_is_no_failure() throws Exception {
        var address = put(bytes(10));
        eraser().erase(List.of(address));

        assertThat(eraser().erase(List.of(address)).get(address))
                .isInstanceOfAny(EraseOutcome.Erased.class, EraseOutcome.Absent.class);
    }

    @Test
    void an_address_of_another_installation_is_never_erased() throws Exception {
        var address = put(bytes(10));
        try (var foreign = store().open("another-one", Duration.ofSeconds(10))) {
            var outcomes = foreign.eraser("primary").erase(List.of(address));

            assertThat(outcomes)
                    .containsEntry(
                            address,
                            new EraseOutcome.Failed("address of another installation", false));
            assertThatThrownBy(() -> foreign.eraser("primary").nothingLeft(address))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(found(reader().head(address, null)).sizeBytes()).isEqualTo(10);
        }
    }

    @Test
    void an_unfinished_multipart_upload_is_seen_and_ended() {
        var address = address();
        try (var other = EmbeddedStore.admin(store())) {
            other.createMultipartUpload(c -> c.bucket(store().bucket()).key(address.text()));
        }

        assertThat(eraser().nothingLeft(address)).isEqualTo(new Remains.Some(0, 0, 1));
        assertThat(eraser().abortUploads(address)).isEqualTo(new EraseOutcome.Erased());
        assertThat(eraser().nothingLeft(address)).isEqualTo(new Remains.Nothing());
    }

    @Test
    void a_presigned_address_answers_with_the_name_and_type_it_was_made_for() throws Exception {
        var bytes = bytes(1000);
        var address = put(bytes);
        try (var direct = store().open();
                var http = HttpClient.newHttpClient()) {
            var uri =
                    direct.reader("primary")
                            .presign(
                                    address,
                                    null,
                                    Duration.ofMinutes(5),
                                    "application/octet-stream",
                                    "attachment; filename=\"a.gpg\"");

            var answer = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(bytes);
            assertThat(answer.headers().firstValue("Content-Disposition"))
                    .contains("attachment; filename=\"a.gpg\"");
            assertThat(answer.headers().firstValue("Content-Type"))
                    .contains("application/octet-stream");
        }
    }

    @Test
    void a_presigned_address_never_lives_longer_than_a_quarter_of_an_hour() {
        assertThatThrownBy(() ->
                        reader().presign(
                                        address(),
                                        null,
                                        Duration.ofMinutes(16),
                                        "a/b",
                                        "attachment"))
                .isInstanceOf(IllegalArgumentException.class);
    }

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
                    .isLessThan(Duration.ofSeconds(10));
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

    protected final ObjectWriter writer() {
        return destinations.writer("primary");
    }

    protected final ObjectReader reader() {
        return destinations.reader("primary");
    }

    protected final ObjectEraser eraser() {
        return destinations.eraser("primary");
    }

    protected final FaultProxy proxy() {
        return proxy;
    }

    /** Lets Coffer find out what the store can do, as the background does in the server. */
    protected final Capabilities probed() {
        return CapabilityProbe.run(
                destinations.destination("primary"), TestStore.INSTALLATION, Clock.systemUTC());
    }

    protected final Address put(byte[] bytes) {
        var address = address();
        assertThat(writer().put(address, payload(bytes), METADATA))
                .isInstanceOf(PutOutcome.Stored.class);
        return address;
    }

    protected final Address address() {
        return new Address(TestStore.INSTALLATION, UUID.randomUUID(), UUID.randomUUID());
    }

    protected static ObjectMetadata metadata() {
        return METADATA;
    }

    protected static Payload payload(byte[] bytes) {
        return Payload.of(bytes, 0, bytes.length, sha256(bytes));
    }

    protected static byte[] bytes(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private byte[] read(Address address) throws IOException {
        try (var content = found(reader().get(address, null, Optional.empty()))) {
            return content.stream().readAllBytes();
        }
    }

    protected static <T> T found(ReadOutcome<T> outcome) {
        return switch (outcome) {
            case ReadOutcome.Found<T>(var value) -> value;
            case ReadOutcome.Absent<T> absent -> throw new AssertionError(absent);
            case ReadOutcome.Unavailable<T> away -> throw new AssertionError(away);
            case ReadOutcome.Refused<T> refused -> throw new AssertionError(refused);
        };
    }

    private List<Address> putMany(UUID system, int count) throws Exception {
        var addresses = new ArrayList<Address>();
        var puts = new ArrayList<Future<PutOutcome>>();
        try (var threads = Executors.newFixedThreadPool(16)) {
            for (var i = 0; i < count; i++) {
                var address = new Address(TestStore.INSTALLATION, system, UUID.randomUUID());
                addresses.add(address);
                puts.add(threads.submit(() -> writer().put(address, payload(bytes(1)), METADATA)));
            }
        }
        for (var put : puts) {
            assertThat(put.get()).isInstanceOf(PutOutcome.Stored.class);
        }
        return addresses;
    }

    private static List<String> keys(Page first, Page second) {
        var keys = new ArrayList<>(first.objects().stream().map(Listed::key).toList());
        second.objects().forEach(line -> keys.add(line.key()));
        return keys;
    }

    private static FileChannel file(Path folder, byte[] bytes) throws IOException {
        var path = Files.write(folder.resolve("spool"), bytes);
        return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
