package coffer.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The appliances: a process of its own, which does as little as it can between the wire and its
 * clock.
 */
public final class Sender {

    private static final int BLOCK = 256 * 1024;
    private static final int ANSWER = 64 * 1024;

    /** How a symmetric OpenPGP message begins: AES-256, iterated and salted SHA-256. */
    private static final byte[] OPENPGP = {(byte) 0x8c, 0x0d, 0x04, 0x09, 0x03, 0x08};

    private static final AtomicLong UNIQUE = new AtomicLong();
    private static final ByteBuffer BODY = random();
    private static final int UNIQUE_BYTES = 32;

    private final List<String> systems;

    private Sender(List<String> systems) {
        this.systems = systems;
    }

    /**
     * @param arguments the file of {@code Authorization} values, one a line
     */
    public static void main(String[] arguments) throws IOException {
        var sender = new Sender(Files.readAllLines(Path.of(arguments[0])));
        Clients.serve(line -> Clients.run(Load.parse(line), sender::client).line());
    }

    private Clients.Client client(Load load, int number) {
        return load.kind().equals("upload") ? new Upload(load, number) : new Get(load, number);
    }

    /** A client with more systems than turns never meets a system twice. */
    private String authorization(Load load, int number, long turn) {
        var own = Math.max(1, load.systems() / load.clients());
        return systems.get(
                load.firstSystem()
                        + (int) ((number + load.clients() * (turn % own)) % load.systems()));
    }

    private static ByteBuffer random() {
        var bytes = new byte[BLOCK];
        new Random(7).nextBytes(bytes);
        return ByteBuffer.allocateDirect(BLOCK).put(bytes).flip();
    }

    private static SocketChannel connect(int port) throws IOException {
        var channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return channel;
    }

    /** Reads one answer with a Content-Length, or until the end; its status. */
    private static int answer(SocketChannel channel, ByteBuffer into) throws IOException {
        into.clear();
        var end = -1;
        var total = Integer.MAX_VALUE;
        while (into.position() < total && channel.read(into) >= 0) {
            if (end < 0) {
                var text = StandardCharsets.ISO_8859_1.decode(into.duplicate().flip()).toString();
                end = text.indexOf("\r\n\r\n");
                if (end >= 0) {
                    total = end + 4 + length(text.substring(0, end));
                }
            }
            if (!into.hasRemaining()) {
                throw new IOException("an answer is longer than expected");
            }
        }
        if (end < 0) {
            throw new EOFException("no answer");
        }
        var head = StandardCharsets.ISO_8859_1.decode(into.duplicate().flip()).toString();
        return Integer.parseInt(head.substring(9, 12));
    }

    private static int length(String head) {
        for (var line : head.split("\r\n", -1)) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                return Integer.parseInt(line.substring(15).strip());
            }
        }
        return Integer.MAX_VALUE / 2;
    }

    /** An upload on a connection of its own, as curl in a nightly job does it. */
    private final class Upload implements Clients.Client {

        private final Load load;
        private final int number;
        private final ByteBuffer head = ByteBuffer.allocateDirect(2048);
        private final ByteBuffer block = BODY.duplicate();
        private final ByteBuffer answer = ByteBuffer.allocateDirect(ANSWER);

        Upload(Load load, int number) {
            this.load = load;
            this.number = number;
        }

        @Override
        public int request(long turn) throws IOException {
            begin(authorization(load, number, turn));
            try (var channel = connect(load.port())) {
                send(channel, load.sizeBytes() - OPENPGP.length - UNIQUE_BYTES);
                return answer(channel, answer);
            }
        }

        private void begin(String authorization) {
            head.clear();
            head.put(
                    ("POST /api/systems/backups HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: "
                                    + authorization
                                    + "\r\n"
                                    + "X-Filename: backup.tar.gz.gpg\r\n"
                                    + "Content-Type: application/octet-stream\r\n"
                                    + "Content-Length: "
                                    + load.sizeBytes()
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            head.put(OPENPGP);
            for (var i = 0; i < UNIQUE_BYTES; i += 16) {
                head.putLong(System.nanoTime()).putLong(UNIQUE.incrementAndGet());
            }
            head.flip();
        }

        private void send(SocketChannel channel, long bytes) throws IOException {
            var from = System.nanoTime();
            var slice =
                    load.bytesPerSecond() == 0
                            ? BLOCK
                            : (int) Math.min(BLOCK, Math.max(1, load.bytesPerSecond() / 10));
            var left = bytes;
            while (left > 0) {
                block.clear().limit((int) Math.min(slice, left));
                left -= block.remaining();
                while (head.hasRemaining() || block.hasRemaining()) {
                    channel.write(new ByteBuffer[] {head, block});
                }
                if (load.bytesPerSecond() > 0) {
                    var due = from + (bytes - left) * 1_000_000_000L / load.bytesPerSecond();
                    LockSupport.parkNanos(due - System.nanoTime());
                }
            }
        }
    }

    /** GETs on one connection, or POSTs without a body where the kind begins with {@code post:}. */
    private final class Get implements Clients.Client {

        private static final String POST = "post:";

        private final Load load;
        private final int number;
        private final ByteBuffer answer = ByteBuffer.allocateDirect(ANSWER);
        private SocketChannel channel;

        Get(Load load, int number) {
            this.load = load;
            this.number = number;
            this.channel = open();
        }

        private SocketChannel open() {
            try {
                return connect(load.port());
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        @Override
        public int request(long turn) throws IOException {
            var line =
                    load.kind().startsWith(POST)
                            ? "POST "
                                    + load.kind().substring(POST.length())
                                    + " HTTP/1.1\r\nContent-Length: 0"
                            : "GET " + load.kind() + " HTTP/1.1";
            var head =
                    line
                            + "\r\nHost: 127.0.0.1\r\nAuthorization: "
                            + authorization(load, number, turn)
                            + "\r\n\r\n";
            try {
                channel.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.ISO_8859_1)));
                return answer(channel, answer);
            } catch (IOException cut) {
                channel.close();
                channel = open();
                throw cut;
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
