package coffer.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * An S3 server that takes everything, keeps nothing and checks nothing: what is left is the
 * sender's cost.
 */
public final class NullStore {

    private static final int BLOCK = 256 * 1024;

    private NullStore() {}

    /** Prints {@code ready}, then its port. */
    public static void main(String[] arguments) throws IOException {
        var server = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(() -> accept(server));
        Clients.serve(line -> "port=" + server.getLocalPort());
    }

    private static void accept(ServerSocket server) {
        while (true) {
            try {
                var socket = server.accept();
                Thread.ofPlatform().daemon().stackSize(256 * 1024).start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void serve(Socket connection) {
        try (var socket = connection) {
            socket.setTcpNoDelay(true);
            var in = new BufferedInputStream(socket.getInputStream(), 8192);
            var sink = new byte[BLOCK];
            for (var head = head(in); !head.isEmpty(); head = head(in)) {
                if (header(head, "expect").equalsIgnoreCase("100-continue")) {
                    socket.getOutputStream()
                            .write(
                                    "HTTP/1.1 100 Continue\r\n\r\n"
                                            .getBytes(StandardCharsets.ISO_8859_1));
                }
                discard(in, sink, header(head, "content-length"));
                socket.getOutputStream().write(answer(head).getBytes(StandardCharsets.ISO_8859_1));
            }
        } catch (IOException gone) {
            // the client has left
        }
    }

    private static void discard(InputStream in, byte[] sink, String length) throws IOException {
        var left = length.isEmpty() ? 0L : Long.parseLong(length);
        while (left > 0) {
            var count = in.read(sink, 0, (int) Math.min(sink.length, left));
            if (count < 0) {
                throw new EOFException();
            }
            left -= count;
        }
    }

    /** Text up to and without the empty line; empty at the end of the stream. */
    private static String head(InputStream in) throws IOException {
        var text = new StringBuilder(1024);
        for (var next = in.read(); next >= 0; next = in.read()) {
            text.append((char) next);
            var end = text.length();
            if (next == '\n' && end >= 4 && text.charAt(end - 3) == '\n') {
                return text.toString();
            }
        }
        return "";
    }

    private static String header(String head, String name) {
        var at = head.toLowerCase(Locale.ROOT).indexOf("\r\n" + name + ":");
        if (at < 0) {
            return "";
        }
        var from = at + name.length() + 3;
        return head.substring(from, head.indexOf('\r', from)).strip();
    }

    private static String answer(String head) {
        if (head.startsWith("PUT")) {
            return "HTTP/1.1 200 OK\r\n"
                    + "ETag: \"00000000000000000000000000000000\"\r\n"
                    + "Content-Length: 0\r\n\r\n";
        }
        if (head.startsWith("POST")) {
            return xml("<DeleteResult/>");
        }
        if (head.startsWith("DELETE")) {
            return "HTTP/1.1 204 No Content\r\n\r\n";
        }
        var line = head.substring(0, head.indexOf('\r'));
        if (line.contains("?list-type") || line.contains("?prefix")) {
            return xml("<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>");
        }
        return line.startsWith("HEAD") && line.split("/", -1).length <= 4
                ? "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
                : "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
    }

    private static String xml(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body;
    }
}
