package coffer.launch;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * One connection on which a test writes what it likes, right or wrong, and reads what comes back.
 */
public final class RawHttp implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;

    private RawHttp(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /**
     * An answer; {@code body} is what came, {@code whole} whether that was what its length
     * promised.
     */
    public record Answer(int status, Map<String, String> headers, String body, boolean whole) {

        /** A header, or the empty text. */
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }

        /** The envelope's message. */
        public String message() {
            return ApplianceClient.parse(body).path("message").asText();
        }
    }

    /** Connects to a node. */
    public static RawHttp to(URI server) throws IOException {
        var socket = new Socket(server.getHost(), server.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) Duration.ofSeconds(90).toMillis());
        return new RawHttp(socket);
    }

    /** The head of an upload by {@code system}; each header line without its line end. */
    public static String uploadHead(Seed.Firewall system, String... headers) {
        return "POST /api/systems/backups HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                + system.authorization()
                + "\r\n"
                + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n")
                + "\r\n";
    }

    /** Sends text. */
    public RawHttp send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends bytes. */
    public RawHttp send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Keeps no more than about that many unsent bytes in its socket. */
    public RawHttp holding(int bytes) throws IOException {
        socket.setSendBufferSize(bytes);
        return this;
    }

    /** Whether something of an answer has come. */
    public boolean answered() throws IOException {
        return in.available() > 0;
    }

    /** Ends our side only, as a client that says it has no more to send. */
    public RawHttp endOutput() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** The next answer that is not a 100, or null when the server closed without one. */
    public @Nullable Answer answer() throws IOException {
        while (true) {
            var start = line();
            if (start == null) {
                return null;
            }
            var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
            for (var line = line(); line != null && !line.isEmpty(); line = line()) {
                var colon = line.indexOf(':');
                headers.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
            }
            var status = Integer.parseInt(start.split(" ", 3)[1]);
            if (status != 100) {
                return body(status, headers);
            }
        }
    }

    /** Whether the server has closed, now or within the socket's patience. */
    public boolean closedByServer() throws IOException {
        try {
            return in.read() < 0;
        } catch (java.net.SocketException reset) {
            return true;
        }
    }

    private Answer body(int status, Map<String, String> headers) throws IOException {
        var length = headers.get("Content-Length");
        if (length != null) {
            var bytes = in.readNBytes(Integer.parseInt(length));
            return new Answer(
                    status, headers, text(bytes), bytes.length == Integer.parseInt(length));
        }
        var all = new ByteArrayOutputStream();
        if ("chunked".equalsIgnoreCase(headers.get("Transfer-Encoding"))) {
            for (var line = line(); line != null; line = line()) {
                var size = Integer.parseInt(line.strip(), 16);
                all.writeBytes(in.readNBytes(size));
                line();
                if (size == 0) {
                    return new Answer(status, headers, text(all.toByteArray()), true);
                }
            }
            return new Answer(status, headers, text(all.toByteArray()), false);
        }
        in.transferTo(all);
        return new Answer(status, headers, text(all.toByteArray()), true);
    }

    private @Nullable String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (var next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return null;
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return text(line.toByteArray());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Cuts the connection with a reset, as a cable that was pulled out would not even do. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
