package coffer.platform;

import org.eclipse.microprofile.config.Config;

import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Reads the keys of one settings record. Nonsense becomes a {@link SettingsProblem} that names the
 * key and what is allowed, and ends the start. What is read is remembered with type and default, so
 * that a test can hold {@code docs/en/configuration.md} against it.
 */
public final class SettingsReader {

    /**
     * One key as it was asked for: its type, its default ({@code -} for none) and what it allows.
     */
    public record Key(String name, String type, String fallback, String allowed) {}

    private static final Pattern SHORT_DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");
    private final Config config;
    private static final Map<String, Key> ASKED = new ConcurrentSkipListMap<>();
    private final List<Key> keys = new ArrayList<>();

    public SettingsReader(Config config) {
        this.config = config;
    }

    /** Every key that any settings of this process have asked for, by name. */
    static Collection<Key> asked() {
        return ASKED.values();
    }

    private void note(Key key) {
        keys.add(key);
        ASKED.put(key.name(), key);
    }

    /** Every key read so far, in order. */
    public List<Key> keys() {
        return List.copyOf(keys);
    }

    /** A text that must match {@code allowed}. */
    public String text(String key, String fallback, Pattern allowed) {
        return read(
                key,
                "text",
                fallback,
                allowed.pattern(),
                Function.identity(),
                allowed.asMatchPredicate());
    }

    /** A text that may be absent. */
    public Optional<String> optional(String key) {
        note(new Key(key, "text", "-", "any"));
        return raw(key);
    }

    /** One of a few words. */
    public String oneOf(String key, String fallback, Set<String> allowed) {
        return read(
                key,
                "word",
                fallback,
                String.join(", ", allowed.stream().sorted().toList()),
                Function.identity(),
                allowed::contains);
    }

    /** A comma-separated list of a few words. */
    public Set<String> someOf(String key, String fallback, Set<String> allowed) {
        return read(
                key,
                "words",
                fallback,
                String.join(", ", allowed.stream().sorted().toList()),
                SettingsReader::words,
                words -> !words.isEmpty() && allowed.containsAll(words));
    }

    /** A comma-separated list; may be empty. */
    public Set<String> list(String key, String fallback) {
        return read(key, "words", fallback, "comma-separated", SettingsReader::words, any -> true);
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String key, boolean fallback) {
        return read(
                key,
                "flag",
                String.valueOf(fallback),
                "true, false",
                text ->
                        switch (text.toLowerCase(Locale.ROOT)) {
                            case "true" -> true;
                            case "false" -> false;
                            default -> throw new IllegalArgumentException(text);
                        },
                any -> true);
    }

    /** A whole number within bounds, both included. */
    public long number(String key, long fallback, long least, long most) {
        return read(
                key,
                "number",
                String.valueOf(fallback),
                least + " to " + most,
                Long::valueOf,
                n -> n >= least && n <= most);
    }

    /** A size within bounds, both included. */
    public ByteSize size(String key, String fallback, String least, String most) {
        var low = ByteSize.parse(least);
        var high = ByteSize.parse(most);
        return read(
                key,
                "size",
                fallback,
                least + " to " + most,
                ByteSize::parse,
                size -> size.compareTo(low) >= 0 && size.compareTo(high) <= 0);
    }

    /** A duration within bounds: {@code 250ms}, {@code 30s}, {@code 5m}, {@code 7d} or ISO 8601. */
    public Duration duration(String key, String fallback, String least, String most) {
        var low = parseDuration(least);
        var high = parseDuration(most);
        return read(
                key,
                "duration",
                fallback,
                least + " to " + most,
                SettingsReader::parseDuration,
                d -> d.compareTo(low) >= 0 && d.compareTo(high) <= 0);
    }

    /** An absolute http or https address, without a trailing slash. */
    public URI address(String key, String fallback) {
        return read(
                key,
                "address",
                fallback,
                "an absolute http or https address",
                SettingsReader::uri,
                any -> true);
    }

    /** As {@link #address}, but may be absent. */
    public Optional<URI> optionalAddress(String key) {
        note(new Key(key, "address", "-", "an absolute http or https address"));
        return raw(key).map(text ->
                parse(
                        key,
                        text,
                        "an absolute http or https address",
                        SettingsReader::uri,
                        any -> true));
    }

    /** A secret without a default; refused when absent. */
    public Secret secret(String key) {
        note(new Key(key, "secret", "-", "required"));
        return raw(key).map(Secret::new)
                .orElseThrow(() -> new SettingsProblem(key, "is not set", "a secret, required"));
    }

    /** A secret that may be absent. */
    public Optional<Secret> optionalSecret(String key) {
        note(new Key(key, "secret", "-", "any"));
        return raw(key).map(Secret::new);
    }

    private <T> T read(
            String key,
            String type,
            String fallback,
            String allowed,
            Function<String, T> parser,
            Predicate<T> test) {
        note(new Key(key, type, fallback, allowed));
        return parse(key, raw(key).orElse(fallback), allowed, parser, test);
    }

    private <T> T parse(
            String key,
            String text,
            String allowed,
            Function<String, T> parser,
            Predicate<T> test) {
        T value;
        try {
            value = parser.apply(text.strip());
        } catch (IllegalArgumentException
                | ArithmeticException
                | DateTimeParseException unreadable) {
            throw new SettingsProblem(key, "is '" + text + "'", allowed, unreadable);
        }
        if (!test.test(value)) {
            throw new SettingsProblem(key, "is '" + text + "'", allowed);
        }
        return value;
    }

    private Optional<String> raw(String key) {
        return config.getOptionalValue(key, String.class).filter(text -> !text.isBlank());
    }

    private static Set<String> words(String text) {
        return Set.copyOf(
                java.util.Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(word -> !word.isEmpty())
                        .distinct()
                        .toList());
    }

    private static Duration parseDuration(String text) {
        var matcher = SHORT_DURATION.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Duration.parse(text);
        }
        var amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    private static URI uri(String text) {
        var uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        if (uri.getHost() == null
                || !Set.of("http", "https").contains(String.valueOf(uri.getScheme()))) {
            throw new IllegalArgumentException(text);
        }
        return uri;
    }
}
