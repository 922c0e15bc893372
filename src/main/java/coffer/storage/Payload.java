package coffer.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.HexFormat;
import java.util.Objects;

/**
 * Bytes ready to be sent, as often as it takes, whose digest is known beforehand. It does not own
 * what it reads from: who made it closes the file.
 */
public sealed interface Payload {

    /** How many bytes; one or more. */
    long sizeBytes();

    /** Their SHA-256 in lower-case hex. */
    String sha256();

    /** A new reading from the first byte on; several may be open at once. */
    InputStream open();

    /** Bytes in memory; the array must not change while it is in use. */
    static Payload of(byte[] bytes, int offset, int length, byte[] sha256) {
        return new InMemory(bytes, offset, length, hex(sha256));
    }

    /** Bytes at the beginning of an open file, which may have no name any more. */
    static Payload of(FileChannel file, long sizeBytes, byte[] sha256) {
        return new InFile(file, sizeBytes, hex(sha256));
    }

    private static String hex(byte[] sha256) {
        if (sha256.length != 32) {
            throw new IllegalArgumentException("a sha-256 digest has 32 bytes");
        }
        return HexFormat.of().formatHex(sha256);
    }

    /** See {@link Payload#of(byte[], int, int, byte[])}. */
    final class InMemory implements Payload {

        private final byte[] bytes;
        private final int offset;
        private final int length;
        private final String sha256;

        private InMemory(byte[] bytes, int offset, int length, String sha256) {
            Objects.checkFromIndexSize(offset, length, bytes.length);
            this.bytes = bytes;
            this.offset = offset;
            this.length = length;
            this.sha256 = sha256;
        }

        @Override
        public long sizeBytes() {
            return length;
        }

        @Override
        public String sha256() {
            return sha256;
        }

        @Override
        public InputStream open() {
            return new java.io.ByteArrayInputStream(bytes, offset, length);
        }
    }

    /** See {@link Payload#of(FileChannel, long, byte[])}. */
    final class InFile implements Payload {

        private final FileChannel file;
        private final long sizeBytes;
        private final String sha256;

        private InFile(FileChannel file, long sizeBytes, String sha256) {
            this.file = file;
            this.sizeBytes = sizeBytes;
            this.sha256 = sha256;
        }

        @Override
        public long sizeBytes() {
            return sizeBytes;
        }

        @Override
        public String sha256() {
            return sha256;
        }

        @Override
        public InputStream open() {
            return new Reading();
        }

        /**
         * Reads by position: the channel's own place does not move, so readings do not disturb each
         * other.
         */
        private final class Reading extends InputStream {

            private long position;

            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                if (length == 0) {
                    return 0;
                }
                var left = (int) Math.min(length, sizeBytes - position);
                if (left <= 0) {
                    return -1;
                }
                var count = file.read(ByteBuffer.wrap(into, offset, left), position);
                if (count > 0) {
                    position += count;
                }
                return count;
            }
        }
    }
}
