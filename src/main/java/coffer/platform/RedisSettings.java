package coffer.platform;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.Config;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The Redis that the nodes share, if there is one.
 *
 * @param url {@code redis://} or {@code rediss://}; a secret, since it may carry a password
 * @param timeout the longest that any call, or the wait for a connection, takes
 * @param connections at most so many at once
 * @param environment part of every key and channel, so that test and production may share a Redis
 * @param expectedNodes how many nodes share a rate while Redis is away
 */
record RedisSettings(
        Optional<Secret> url,
        Duration timeout,
        int connections,
        String environment,
        int expectedNodes)
        implements Settings {

    private static final String URL = "coffer.redis.url";
    private static final Pattern WORD = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

    RedisSettings {
        url.ifPresent(RedisSettings::check);
    }

    static RedisSettings read(SettingsReader reader) {
        return new RedisSettings(
                reader.optionalSecret(URL),
                reader.duration("coffer.redis.timeout", "250ms", "10ms", "2s"),
                (int) reader.number("coffer.redis.connections", 16, 1, 1_000),
                reader.text("coffer.environment", "default", WORD),
                (int) reader.number("coffer.cluster.expected-nodes", 1, 1, 1_000));
    }

    /** The address; call only where {@link #url} is present. */
    URI address() {
        return URI.create(url.orElseThrow().reveal());
    }

    private static void check(Secret url) {
        try {
            var uri = URI.create(url.reveal());
            if (uri.getHost() != null && Set.of("redis", "rediss").contains(uri.getScheme())) {
                return;
            }
        } catch (IllegalArgumentException unreadable) {
            // Refused below, without its text: it may hold a password.
        }
        throw new SettingsProblem(
                URL, "is not such an address", "redis://[user:password@]host[:port][/database]");
    }

    /** Reads the settings once, at the start. */
    @Dependent
    static class Source {
        @Produces
        @Singleton
        RedisSettings settings(Config config) {
            return read(new SettingsReader(config));
        }
    }
}
