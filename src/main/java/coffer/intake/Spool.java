package coffer.intake;

import coffer.platform.Log;
import coffer.storage.Payload;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where bodies wait until they are whole: small ones in memory while it lasts, all others in files
 * that have no name once they are open, so that a killed server leaves none behind. Both are
 * bounded, by what clients declared, before a byte is read.
 */
@ApplicationScoped
public class Spool {

    private final IntakeSettings settings;
    private final AtomicLong memoryUsed = new AtomicLong();
    private final AtomicLong diskUsed = new AtomicLong();

    @Inject
    Spool(IntakeSettings settings) {
        this.settings = settings;
        try {
            Files.createDirectories(settings.spoolFolder());
        } catch (IOException unusable) {
            throw new UncheckedIOException("coffer.intake.spool-folder cannot be used", unusable);
        }
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected Spool() {
        this.settings = null;
    }

    /** Room for a body of this size, or empty when the spool is full. */
    public Optional<Claim> claim(long sizeBytes) {
        if (sizeBytes <= IntakeSettings.SMALL_BYTES
                && take(memoryUsed, sizeBytes, settings.memoryBytes())) {
            return Optional.of(new Claim(sizeBytes, true));
        }
        return take(diskUsed, sizeBytes, settings.spoolBytes())
                ? Optional.of(new Claim(sizeBytes, false))
                : Optional.empty();
    }

    /** Bytes claimed now, in memory and on disk. */
    public long usedBytes() {
        return memoryUsed.get() + diskUsed.get();
    }

    private static boolean take(AtomicLong used, long bytes, long most) {
        if (used.addAndGet(bytes) <= most) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    /** Room for one body, and the body once it came. Whoever claims it closes it. */
    public final class Claim implements AutoCloseable {

        private final long sizeBytes;
        private final boolean inMemory;
        private final AtomicBoolean closed = new AtomicBoolean();
        private byte @Nullable [] memory;
        private @Nullable FileChannel file;
        private int filled;

        private Claim(long sizeBytes, boolean inMemory) {
            this.sizeBytes = sizeBytes;
            this.inMemory = inMemory;
        }

        /** Makes the array or the file; the file loses its name at once. */
        void open() throws IOException {
            if (inMemory) {
                memory = new byte[(int) sizeBytes];
                return;
            }
            var path = Files.createTempFile(settings.spoolFolder(), "upload-", ".part");
            file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
            Files.delete(path);
        }

        /** Appends; the caller never appends more than it claimed. */
        void append(byte[] bytes, int length) throws IOException {
            if (memory != null) {
                System.arraycopy(bytes, 0, memory, filled, length);
                filled += length;
                return;
            }
            var buffer = ByteBuffer.wrap(bytes, 0, length);
            while (buffer.hasRemaining()) {
                opened().write(buffer);
            }
        }

        /** The body, replayable; it must not be used after this claim is closed. */
        Payload payload(byte[] sha256) {
            return memory != null
                    ? Payload.of(memory, 0, filled, sha256)
                    : Payload.of(opened(), sizeBytes, sha256);
        }

        private FileChannel opened() {
            if (file == null) {
                throw new IllegalStateException("nothing was received into this claim");
            }
            return file;
        }

        @Override
        public void close() {
            if (!closed.compareAndSet(false, true)) {
                return;
            }
            (inMemory ? memoryUsed : diskUsed).addAndGet(-sizeBytes);
            memory = null;
            try {
                if (file != null) {
                    file.close();
                }
            } catch (IOException leaked) {
                Log.warn("spool.close_failed", "reason", leaked.getClass().getSimpleName());
            }
        }
    }
}
