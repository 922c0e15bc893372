package coffer.launch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports of this machine's loopback address. */
public final class Ports {

    private static final int LOWEST = 15_000;
    private static final int HIGHEST = 32_000;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private Ports() {}

    /**
     * A port that nobody uses now and that this process has not given out before. It is below those
     * that systems give away by themselves, so that nobody takes it before its server starts, or
     * while that is down.
     */
    public static int free() {
        for (var attempt = 0; attempt < 1_000; attempt++) {
            var port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (isFree(port) && GIVEN.add(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port on this machine");
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
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
