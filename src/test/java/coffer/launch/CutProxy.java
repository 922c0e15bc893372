package coffer.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A cable that can be pulled out: passes TCP on until it is cut, and again once it is restored. */
public final class CutProxy implements AutoCloseable {

    private final ServerSocket server;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
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

    /** Ends every connection; new ones are closed at once. */
    public void cut() {
        cut = true;
        open.forEach(CutProxy::end);
    }

    /** Passes new connections again. */
    public void restore() {
        cut = false;
    }

    @Override
    public void close() throws IOException {
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
            var back = Thread.ofVirtual().start(() -> pump(onward, client));
            pump(client, onward);
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

    private static void pump(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            var buffer = new byte[1 << 16];
            for (var count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
                out.flush();
            }
        } catch (IOException gone) {
            end(from);
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
