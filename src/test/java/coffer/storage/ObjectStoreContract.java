package coffer.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.storage.ObjectReader.Facts;
import coffer.storage.ObjectReader.Range;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import software.amazon.awssdk.services.s3.S3Client;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** What every object store must do for Coffer, whatever its make. A subclass brings the store. */
public abstract class ObjectStoreContract extends FaultyStoreContract {

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
    void a_long_listing_comes_in_pages_and_whole() throws Exception {
        var addresses = putMany(UUID.randomUUID(), 1005);

        var pages = pages(addresses.getFirst().systemPrefix());

        assertThat(pages).hasSizeGreaterThan(1);
        assertThat(pages).allMatch(page -> page.objects().size() <= 1000);
        assertThat(pages.stream().flatMap(page -> page.objects().stream()).map(line -> line.key()))
                .containsExactlyInAnyOrderElementsOf(
                        addresses.stream().map(Address::text).toList());
        assertThat(eraser().erase(addresses).values())
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
    void unfinished_multipart_uploads_of_this_installation_are_ended_once_they_are_old() {
        var address = address();
        var foreign = "another-one/systems/" + address.systemId() + "/" + address.backupId();
        try (var other = stranger()) {
            other.createMultipartUpload(c -> c.bucket(store().bucket()).key(address.text()));
            other.createMultipartUpload(c -> c.bucket(store().bucket()).key(foreign));

            var young = eraser().abortUploadsBefore(Instant.now().minus(Duration.ofDays(1)));
            var old = eraser().abortUploadsBefore(Instant.now().plus(Duration.ofDays(1)));

            assertThat(young).hasValue(0);
            assertThat(old.orElse(0)).isPositive();
            assertThat(eraser().nothingLeft(address)).isEqualTo(new Remains.Nothing());
            assertThat(
                            other.listMultipartUploads(
                                            l -> l.bucket(store().bucket()).prefix(foreign))
                                    .uploads())
                    .hasSize(1);
        }
    }

    /** Whoever may write below another installation's prefix, too; the caller closes it. */
    protected S3Client stranger() {
        return EmbeddedStore.admin(store());
    }

    @Test
    void a_listing_goes_on_after_any_key_in_the_order_of_keys() {
        var keys = Stream.generate(() -> put(bytes(10)).text()).limit(3).sorted().toList();
        var prefix = Address.prefix(Address.parse(keys.getFirst()).installation());

        var after = found(reader().listAfter(prefix, Optional.of(keys.getFirst())));
        var last = found(reader().listAfter(prefix, Optional.of(keys.getLast())));

        var listed = after.objects().stream().map(ObjectReader.Listed::key).toList();
        assertThat(listed)
                .isSorted()
                .contains(keys.get(1), keys.get(2))
                .doesNotContain(keys.getFirst());
        assertThat(last.objects().stream().map(ObjectReader.Listed::key))
                .doesNotContain(keys.getLast());
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
}
