package coffer.platform.web;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.adapter.JsonbAdapter;
import jakarta.json.bind.config.PropertyNamingStrategy;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.Provider;

import java.io.InputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * JSON as the wire contract wants it: snake_case, nulls written, instants in UTC with {@code Z} and
 * microseconds. The same in JAX-RS and in servlet filters.
 */
@Provider
public class Json implements ContextResolver<Jsonb> {

    private static final Jsonb JSONB =
            JsonbBuilder.create(
                    new JsonbConfig()
                            .withPropertyNamingStrategy(
                                    PropertyNamingStrategy.LOWER_CASE_WITH_UNDERSCORES)
                            .withNullValues(true)
                            .withAdapters(new InstantText()));

    /** Writes one value. */
    public static String text(Object value) {
        return JSONB.toJson(value);
    }

    /** Reads one value; a {@code JsonbException} says that it cannot. */
    public static <T> T read(String text, Class<T> type) {
        return JSONB.fromJson(text, type);
    }

    /** Reads one value to the end of the stream, which stays open. */
    public static <T> T read(InputStream bytes, Class<T> type) {
        return JSONB.fromJson(bytes, type);
    }

    @Override
    public Jsonb getContext(Class<?> type) {
        return JSONB;
    }

    /** RFC 3339, always with six digits of a second, so that texts sort as instants do. */
    public static final class InstantText implements JsonbAdapter<Instant, String> {

        private static final DateTimeFormatter FORMAT =
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'")
                        .withZone(ZoneOffset.UTC);

        @Override
        public String adaptToJson(Instant instant) {
            return FORMAT.format(instant);
        }

        @Override
        public Instant adaptFromJson(String text) {
            return Instant.parse(text);
        }
    }
}
