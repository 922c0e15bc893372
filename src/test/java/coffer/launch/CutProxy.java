package coffer.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** A cable that can be pulled out: passes TCP on until it is cut, and again once it is restored. */
public final class CutProxy implements AutoCloseable {

    private final ServerSocket server;
    private volatile int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicReference<CountDownLatch> hanging =
            new AtomicReference<>(new CountDownLatch(0));
    private final AtomicReference<CountDownLatch> reached =
            new AtomicReference<>(new CountDownLatch(1));
    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong left = new AtomicLong(-1);
    private volatile boolean cut;

    private CutProxy(int target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("cut-proxy").start(this::accept);
    }

    /** In front of a port of this machine, on a free port of its own. */
    public static CutProxy before(int port) throws IOException {
        return new CutProxy(port);
    }

    /** Where clients connect. */
    public int port() {
        return server.getLocalPort();
    }

    /**
     * Leads new connections elsewhere and ends the others, as a balancer does whose node is gone.
     */
    public void lead(int port) {
        target = port;
        open.forEach(CutProxy::end);
    }

    /** Ends every connection; new ones are closed at once. */
    public void cut() {
        cut = true;
        open.forEach(CutProxy::end);
    }

    /** Keeps every connection open and passes nothing on, until {@link #resume}. */
    public void hang() {
        hanging.set(new CountDownLatch(1));
    }

    /** The message of the clients after the next {@code messages} hangs, and all after it. */
    public void hangAfter(long messages) {
        reached.set(new CountDownLatch(1));
        left.set(messages);
    }

    /** False when the messages did not come in time. */
    public boolean awaitHang(Duration atMost) throws InterruptedException {
        return reached.get().await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** How many messages clients have sent. */
    public long messages() {
        return messages.get();
    }

    private void count() {
        messages.incrementAndGet();
        if (left.getAndDecrement() == 0) {
            hang();
            reached.get().countDown();
        }
    }

    /** Passes on what has waited. */
    public void resume() {
        left.set(-1);
        hanging.get().countDown();
    }

    /** Passes new connections again. */
    public void restore() {
        cut = false;
    }

    @Override
    public void close() throws IOException {
        resume();
        server.close();
        open.forEach(CutProxy::end);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        open.add(client);
        try (client;
                var onward = new Socket(InetAddress.getLoopbackAddress(), target)) {
            open.add(onward);
            if (cut) {
                return;
            }
            client.setTcpNoDelay(true);
            onward.setTcpNoDelay(true);
            var back = Thread.ofVirtual().start(() -> pump(onward, client, () -> {}));
            pump(client, onward, this::count);
            back.join();
            open.remove(onward);
        } catch (IOException gone) {
            return; // either side may leave at any time
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    private void pump(Socket from, Socket to, Runnable before) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            var buffer = new byte[1 << 16];
            for (var count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                before.run();
                hanging.get().await();
                out.write(buffer, 0, count);
                out.flush();
            }
        } catch (IOException gone) {
            end(from);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            end(to);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            return;
        }
    }
}
