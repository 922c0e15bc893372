package coffer.launch;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;

/** The connection to the store that belongs to one client connection. */
final class Upstream implements AutoCloseable {

    /** A store ends a connection that nobody used for longer; a client cannot see that here. */
    private static final long FRESH_NANOS = Duration.ofSeconds(2).toNanos();

    private final URI store;
    private @Nullable Socket socket;
    private @Nullable InputStream in;
    private long usedAt;

    Upstream(URI store) {
        this.store = store;
    }

    void send(HttpHead head, InputStream body, boolean tamper) throws IOException {
        if (socket != null && System.nanoTime() - usedAt > FRESH_NANOS) {
            close();
        }
        if (socket == null) {
            socket = new Socket(store.getHost(), store.getPort() < 0 ? 80 : store.getPort());
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        }
        var out = socket.getOutputStream();
        out.write(head.withoutExpect());
        head.copyRequestBody(body, out, tamper);
        out.flush();
    }

    boolean receive(FaultProxy.Seen request, OutputStream out, boolean cut) throws IOException {
        var head = HttpHead.read(in);
        while (head != null && head.start().contains(" 100 ")) {
            head = HttpHead.read(in);
        }
        if (head == null) {
            return false;
        }
        out.write(head.raw());
        var more = head.copyAnswerBody(in, out, request.method(), cut);
        out.flush();
        usedAt = System.nanoTime();
        return more && !head.has("connection", "close");
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
