package coffer.erasure;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Verifies a receipt of an erasure by itself, without Coffer and without any library: {@code java
 * VerifyReceipt.java receipt.json public-key}, the key in base64 or PEM as {@code /api/purges/keys}
 * gave it. Ends with 0 for a genuine receipt, 1 for any other, 2 for a mistake.
 */
public final class VerifyReceipt {

    private static final String SIGNATURE = "signature";

    private VerifyReceipt() {}

    /** See the class. */
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out));
    }

    static int run(String[] arguments, PrintStream out) {
        if (arguments.length != 2) {
            out.println("usage: java VerifyReceipt.java receipt.json public-key");
            return 2;
        }
        try {
            var receipt = receipt(Files.readString(Path.of(arguments[0])));
            if (!genuine(receipt, key(Files.readString(Path.of(arguments[1]))))) {
                out.println("NOT GENUINE: the signature is not one of this key for this content");
                return 1;
            }
            out.println(
                    "genuine: purge "
                            + receipt.get("purge_id")
                            + " of "
                            + receipt.get("subject")
                            + ", completed at "
                            + receipt.get("completed_at")
                            + ", signed with key "
                            + receipt.get("key_id"));
            return 0;
        } catch (java.io.IOException | IllegalArgumentException unreadable) {
            out.println("cannot verify: " + unreadable.getMessage());
            return 2;
        }
    }

    /** A receipt alone, or in the envelope in which the API answers it. */
    static Map<String, Object> receipt(String text) {
        var whole = new Reader(text).document();
        return whole.get("data") instanceof Map<?, ?> data ? asObject(data) : whole;
    }

    static boolean genuine(Map<String, Object> receipt, byte[] publicKey) {
        if (!(receipt.get(SIGNATURE) instanceof String signature)
                || !"Ed25519".equals(receipt.get("algorithm"))) {
            return false;
        }
        var content = new TreeMap<>(receipt);
        content.remove(SIGNATURE);
        try {
            var verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(
                    KeyFactory.getInstance("Ed25519")
                            .generatePublic(new X509EncodedKeySpec(publicKey)));
            verifier.update(canonical(content).getBytes(StandardCharsets.UTF_8));
            return verifier.verify(Base64.getUrlDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException broken) {
            return false;
        }
    }

    private static byte[] key(String text) {
        return Base64.getDecoder().decode(text.replaceAll("-----[A-Z ]+-----|\\s", ""));
    }

    /**
     * RFC 8785 for what a receipt holds: objects, lists, texts, whole numbers below 2^53, truth
     * values. TreeMap orders names by UTF-16 code units, as the RFC demands.
     */
    static String canonical(Object value) {
        var text = new StringBuilder();
        write(value, text);
        return text.toString();
    }

    private static void write(Object value, StringBuilder text) {
        switch (value) {
            case Map<?, ?> object -> {
                var separator = '{';
                for (var entry : new TreeMap<>(asObject(object)).entrySet()) {
                    text.append(separator);
                    quote(entry.getKey(), text);
                    write(entry.getValue(), text.append(':'));
                    separator = ',';
                }
                text.append(separator == '{' ? "{}" : "}");
            }
            case List<?> list -> {
                var separator = '[';
                for (var item : list) {
                    write(item, text.append(separator));
                    separator = ',';
                }
                text.append(separator == '[' ? "[]" : "]");
            }
            case String string -> quote(string, text);
            default -> text.append(value);
        }
    }

    private static void quote(String string, StringBuilder text) {
        text.append('"');
        for (var i = 0; i < string.length(); i++) {
            var c = string.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < ' ') {
                        text.append("\\u%04x".formatted((int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }

    private static Map<String, Object> asObject(Map<?, ?> map) {
        var object = new TreeMap<String, Object>();
        map.forEach((name, value) -> object.put((String) name, value));
        return object;
    }

    /** Reads JSON (RFC 8259) as strictly as a receipt is written. */
    private static final class Reader {

        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        Map<String, Object> document() {
            if (!(value() instanceof Map<?, ?> object)) {
                throw new IllegalArgumentException("not a JSON object");
            }
            space();
            if (at != text.length()) {
                throw wrong();
            }
            return asObject(object);
        }

        private Object value() {
            space();
            return switch (peek()) {
                case '{' -> object();
                case '[' -> list();
                case '"' -> string();
                case 't' -> word("true", true);
                case 'f' -> word("false", false);
                default -> number();
            };
        }

        private Map<String, Object> object() {
            var object = new TreeMap<String, Object>();
            at++;
            while (!closes('}', object.isEmpty())) {
                space();
                var name = string();
                space();
                expect(':');
                if (object.put(name, value()) != null) {
                    throw new IllegalArgumentException("the name " + name + " comes twice");
                }
            }
            return object;
        }

        private List<Object> list() {
            var list = new ArrayList<>();
            at++;
            while (!closes(']', list.isEmpty())) {
                list.add(value());
            }
            return list;
        }

        private boolean closes(char end, boolean first) {
            space();
            if (peek() == end) {
                at++;
                return true;
            }
            if (!first) {
                expect(',');
            }
            return false;
        }

        private String string() {
            expect('"');
            var string = new StringBuilder();
            while (peek() != '"') {
                var c = text.charAt(at++);
                string.append(c == '\\' ? escaped() : c);
            }
            at++;
            return string.toString();
        }

        private char escaped() {
            var c = peek();
            at++;
            return switch (c) {
                case 'b' -> '\b';
                case 'f' -> '\f';
                case 'n' -> '\n';
                case 'r' -> '\r';
                case 't' -> '\t';
                case 'u' -> {
                    at += 4;
                    yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
                }
                case '"', '\\', '/' -> c;
                default -> throw wrong();
            };
        }

        private Object word(String word, Object meaning) {
            if (!text.startsWith(word, at)) {
                throw wrong();
            }
            at += word.length();
            return meaning;
        }

        private Object number() {
            var from = at;
            while (at < text.length() && "-0123456789".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            return Long.valueOf(text.substring(from, at));
        }

        private void space() {
            while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }

        private char peek() {
            if (at >= text.length()) {
                throw wrong();
            }
            return text.charAt(at);
        }

        private void expect(char c) {
            if (peek() != c) {
                throw wrong();
            }
            at++;
        }

        private IllegalArgumentException wrong() {
            return new IllegalArgumentException("not the JSON of a receipt, at character " + at);
        }
    }
}
