package coffer.bench;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a worker is told to do, as one line of words {@code key=value}.
 *
 * @param kind {@code upload}, {@code put}, or the path of a GET
 * @param port where the server listens
 * @param clients how many work at once
 * @param sizeBytes of each body
 * @param duration after it no client begins anew
 * @param most how many requests at most
 * @param firstSystem the first line of the systems file to use
 * @param systems how many lines from there; client n uses every clients-th
 * @param bytesPerSecond pace of each client, 0 for none
 */
record Load(
        String kind,
        int port,
        int clients,
        long sizeBytes,
        Duration duration,
        long most,
        int firstSystem,
        int systems,
        long bytesPerSecond) {

    static Load upload(int port, int clients, long sizeBytes) {
        return new Load(
                "upload", port, clients, sizeBytes, Duration.ofSeconds(5), Long.MAX_VALUE, 0, 1, 0);
    }

    static Load get(int port, int clients, String path) {
        return new Load(path, port, clients, 0, Duration.ofSeconds(5), Long.MAX_VALUE, 0, 1, 0);
    }

    Load kind(String other) {
        return new Load(
                other,
                port,
                clients,
                sizeBytes,
                duration,
                most,
                firstSystem,
                systems,
                bytesPerSecond);
    }

    Load lasting(Duration longest, long mostRequests) {
        return new Load(
                kind,
                port,
                clients,
                sizeBytes,
                longest,
                mostRequests,
                firstSystem,
                systems,
                bytesPerSecond);
    }

    Load as(int first, int count) {
        return new Load(
                kind, port, clients, sizeBytes, duration, most, first, count, bytesPerSecond);
    }

    Load paced(long rate) {
        return new Load(kind, port, clients, sizeBytes, duration, most, firstSystem, systems, rate);
    }

    String line() {
        return "kind="
                + kind
                + " port="
                + port
                + " clients="
                + clients
                + " size="
                + sizeBytes
                + " millis="
                + duration.toMillis()
                + " most="
                + most
                + " first="
                + firstSystem
                + " systems="
                + systems
                + " pace="
                + bytesPerSecond;
    }

    static Load parse(String line) {
        var words = words(line);
        return new Load(
                word(words, "kind"),
                Integer.parseInt(word(words, "port")),
                Integer.parseInt(word(words, "clients")),
                Long.parseLong(word(words, "size")),
                Duration.ofMillis(Long.parseLong(word(words, "millis"))),
                Long.parseLong(word(words, "most")),
                Integer.parseInt(word(words, "first")),
                Integer.parseInt(word(words, "systems")),
                Long.parseLong(word(words, "pace")));
    }

    static Map<String, String> words(String line) {
        var words = new LinkedHashMap<String, String>();
        for (var word : line.strip().split(" ", -1)) {
            var cut = word.indexOf('=');
            words.put(word.substring(0, cut), word.substring(cut + 1));
        }
        return words;
    }

    static String word(Map<String, String> words, String key) {
        var value = words.get(key);
        if (value == null) {
            throw new IllegalArgumentException("no " + key + " in " + words);
        }
        return value;
    }
}
