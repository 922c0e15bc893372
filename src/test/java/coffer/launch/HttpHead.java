package coffer.launch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The head of a request or an answer, kept as it came. */
record HttpHead(byte[] raw, String start, Map<String, String> fields) {

    static HttpHead read(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (var last = 0; (last & 0xFFFFFFFF) != 0x0D0A0D0A; ) {
            var next = in.read();
            if (next < 0) {
                return null;
            }
            bytes.write(next);
            last = (last << 8) | next;
        }
        var lines = bytes.toString(StandardCharsets.ISO_8859_1).split("\r\n", -1);
        var fields = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (var i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
            var colon = lines[i].indexOf(':');
            fields.put(lines[i].substring(0, colon).strip(), lines[i].substring(colon + 1).strip());
        }
        return new HttpHead(bytes.toByteArray(), lines[0], fields);
    }

    boolean has(String field, String value) {
        return value.equalsIgnoreCase(fields.get(field));
    }

    /** The 100 was said here already: the store must not say it again. */
    byte[] withoutExpect() {
        return fields.containsKey("expect")
                ? new String(raw, StandardCharsets.ISO_8859_1)
                        .replaceAll("(?i)\r\nexpect:[^\r]*", "")
                        .getBytes(StandardCharsets.ISO_8859_1)
                : raw;
    }

    FaultProxy.Seen seen() {
        var words = start.split(" ", -1);
        var target = words[1].split("\\?", 2);
        var query = target.length > 1 ? target[1] : "";
        return new FaultProxy.Seen(
                words[0], target[0], query, operation(words[0], target[0], query), length());
    }

    private static String operation(String method, String path, String query) {
        var keys = query.replaceAll("=[^&]*", "");
        var names = Set.of(keys.split("&"));
        var object = path.replaceAll("^/+", "").indexOf('/') >= 0 && !path.endsWith("/");
        var sub =
                names.contains("versioning")
                        ? "BucketVersioning"
                        : names.contains("object-lock")
                                ? "ObjectLockConfiguration"
                                : names.contains("retention")
                                        ? "ObjectRetention"
                                        : names.contains("legal-hold")
                                                ? "ObjectLegalHold"
                                                : names.contains("policy")
                                                        ? "BucketPolicy"
                                                        : names.contains("uploads")
                                                                ? (method.equals("GET")
                                                                        ? "MultipartUploads"
                                                                        : "MultipartUpload")
                                                                : names.contains("versions")
                                                                        ? "ObjectVersions"
                                                                        : names.contains("uploadId")
                                                                                ? "Part"
                                                                                : object
                                                                                        ? "Object"
                                                                                        : "Bucket";
        return switch (method) {
            case "PUT" -> "Put" + sub;
            case "HEAD" -> "HttpHead" + sub;
            case "DELETE" -> "Delete" + sub;
            case "POST" -> names.contains("delete") ? "DeleteObjects" : "Post" + sub;
            default ->
                    sub.equals("Object")
                            ? "GetObject"
                            : sub.equals("Bucket")
                                    ? "ListObjects"
                                    : sub.endsWith("s") ? "List" + sub : "Get" + sub;
        };
    }

    private long length() {
        return Long.parseLong(fields.getOrDefault("content-length", "0"));
    }

    void copyRequestBody(InputStream in, OutputStream out, boolean tamper) throws IOException {
        if (has("transfer-encoding", "chunked")) {
            copyChunked(in, out);
            return;
        }
        var left = length();
        if (tamper && left > 0) {
            out.write(in.read() ^ 1);
            left--;
        }
        copy(in, out, left);
    }

    boolean copyAnswerBody(InputStream in, OutputStream out, String method, boolean cut)
            throws IOException {
        var status = Integer.parseInt(start.split(" ")[1]);
        if (method.equals("HEAD") || status == 204 || status == 304) {
            return true;
        }
        if (has("transfer-encoding", "chunked")) {
            copyChunked(in, out);
            return !cut;
        }
        if (!fields.containsKey("content-length")) {
            in.transferTo(out);
            return false;
        }
        copy(in, out, cut ? length() / 2 : length());
        return !cut;
    }

    private static void copyChunked(InputStream in, OutputStream out) throws IOException {
        while (true) {
            var line = new StringBuilder();
            for (var next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    throw new IOException("cut in a chunk's head");
                }
                line.append((char) next);
            }
            out.write((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
            var size = Long.parseLong(line.toString().strip().split(";")[0], 16);
            copy(in, out, size + 2); // no trailers are expected of an S3 server
            if (size == 0) {
                return;
            }
        }
    }

    private static void copy(InputStream in, OutputStream out, long bytes) throws IOException {
        var buffer = new byte[1 << 16];
        for (var left = bytes; left > 0; ) {
            var count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                throw new IOException("cut in a body");
            }
            out.write(buffer, 0, count);
            left -= count;
        }
    }
}
