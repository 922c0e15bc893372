package coffer.intake;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.intake.BodyReader.Failure;
import coffer.intake.BodyReader.Result;
import coffer.platform.ByteSize;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Random;

class BodyReaderTest {

    @TempDir Path folder;

    @Test
    void a_whole_body_keeps_its_bytes_and_its_digest_in_memory_and_on_disk() throws Exception {
        var spool = spool("300KiB", "10MiB");
        for (var size : new int[] {1, 262_144, 262_145, 3_000_000}) {
            var bytes = bytes(size);
            try (var room = spool.claim(size).orElseThrow()) {
                var result = reader().take(new ByteArrayInputStream(bytes), size, room);

                assertThat(result).isInstanceOf(Result.Whole.class);
                assertThat(((Result.Whole) result).received().digest())
                        .isEqualTo(MessageDigest.getInstance("SHA-256").digest(bytes));
                assertThat(room.payload(new byte[32]).open().readAllBytes()).isEqualTo(bytes);
                assertThat(room.payload(new byte[32]).open().readAllBytes())
                        .as("read again")
                        .isEqualTo(bytes);
            }
        }
        assertThat(spool.usedBytes()).isZero();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_spool_file_has_no_name_while_it_is_in_use() {
        var spool = spool("0", "10MiB");
        try (var room = spool.claim(1_000).orElseThrow()) {
            reader().take(new ByteArrayInputStream(bytes(1_000)), 1_000, room);

            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void bytes_behind_the_declared_length_are_left_alone() throws IOException {
        var body = new ByteArrayInputStream(bytes(100));
        try (var room = spool("1MiB", "1MiB").claim(60).orElseThrow()) {
            reader().take(body, 60, room);

            assertThat(body.available()).isEqualTo(40);
        }
    }

    @Test
    void a_body_that_ends_early_says_how_much_came() {
        try (var room = spool("1MiB", "1MiB").claim(100).orElseThrow()) {
            assertThat(reader().take(new ByteArrayInputStream(bytes(40)), 100, room))
                    .isEqualTo(new Result.Not(new Failure.EndedEarly(40)));
        }
    }

    @Test
    void a_broken_connection_is_a_client_that_is_gone() {
        var broken =
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("reset");
                    }
                };
        try (var room = spool("1MiB", "1MiB").claim(100).orElseThrow()) {
            assertThat(reader().take(broken, 100, room))
                    .isEqualTo(new Result.Not(new Failure.Gone()));
        }
    }

    @Test
    void a_client_below_the_slowest_rate_is_let_go_at_the_end_of_its_window() {
        var slow =
                new InputStream() {
                    @Override
                    public int read() {
                        return 1;
                    }

                    @Override
                    public int read(byte[] target, int offset, int length) {
                        java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
                        return 1;
                    }
                };
        var reader = new BodyReader(1_000_000, Duration.ofMillis(20));
        try (var room = spool("1MiB", "1MiB").claim(100_000).orElseThrow()) {
            assertThat(reader.take(slow, 100_000, room))
                    .isEqualTo(new Result.Not(new Failure.TooSlow()));
        }
    }

    @Test
    void a_full_spool_takes_no_more_and_gives_back_what_is_closed() {
        var spool = spool("100", "1MiB");
        var first = spool.claim(1_048_576).orElseThrow();

        assertThat(spool.claim(1_000)).isEmpty();
        first.close();
        first.close();
        assertThat(spool.usedBytes()).isZero();
        try (var second = spool.claim(1_000).orElseThrow()) {
            assertThat(second).isNotNull();
            assertThat(spool.usedBytes()).isEqualTo(1_000);
        }
    }

    private static BodyReader reader() {
        return new BodyReader(8 * 1024, Duration.ofSeconds(60));
    }

    private Spool spool(String memory, String disk) {
        return new Spool(
                new IntakeSettings(
                        Long.MAX_VALUE,
                        ByteSize.parse(memory).bytes(),
                        ByteSize.parse(disk).bytes(),
                        folder,
                        2,
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(10),
                        Duration.ofHours(24),
                        8 * 1024,
                        Duration.ofSeconds(60)));
    }

    private static byte[] bytes(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
