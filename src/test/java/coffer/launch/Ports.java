package coffer.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** TCP ports of this machine's loopback address. */
public final class Ports {

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private Ports() {}

    /** A port that nobody uses now and that this process has not given out before. */
    public static int free() {
        for (var attempt = 0; attempt < 100; attempt++) {
            try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                if (GIVEN.add(socket.getLocalPort())) {
                    return socket.getLocalPort();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new IllegalStateException("no free port on this machine");
    }

    /** {@code port}, or an exception that names what wants it and the setting that moves it. */
    static int claim(int port, String what, String setting) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return port;
        } catch (IOException e) {
            throw new PortTakenException(port, what, setting, e);
        }
    }

    /** Somebody else listens where one of ours wants to. */
    static final class PortTakenException extends IllegalStateException {

        private static final long serialVersionUID = 1L;

        PortTakenException(int port, String what, String setting, Throwable cause) {
            super(
                    "port "
                            + port
                            + ", which "
                            + what
                            + " wants, is taken: stop what uses it, or choose another: ./mvnw -D"
                            + setting
                            + "=<port>",
                    cause);
        }
    }
}
