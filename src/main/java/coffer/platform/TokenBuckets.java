package coffer.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Token buckets, one a minute and one an hour under each name, shared by all nodes through Redis in
 * one call. While Redis is away each node keeps its own, of the size divided by {@code
 * coffer.cluster.expected-nodes}: stricter or looser for a while, never an error.
 */
@ApplicationScoped
public class TokenBuckets {

    /**
     * How many tokens there are, and how fast they come back.
     *
     * @param perMinute the minute's bucket
     * @param perHour the hour's bucket
     */
    public record Rate(long perMinute, long perHour) {

        /** Refuses an empty bucket. */
        public Rate {
            if (perMinute < 1 || perHour < 1) {
                throw new IllegalArgumentException("a bucket holds at least one token");
            }
        }

        Rate sharedBy(int nodes) {
            return new Rate(Math.max(1, perMinute / nodes), Math.max(1, perHour / nodes));
        }
    }

    /**
     * KEYS: the bucket; ARGV: a minute's size, an hour's size, tokens to take (-1 gives one back).
     */
    private static final String SCRIPT =
            """
            local minute, hour, take = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
            local time = redis.call('TIME')
            local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
            local kept = redis.call('HMGET', KEYS[1], 'm', 'h', 't')
            local passed = math.max(0, now - (tonumber(kept[3]) or now))
            local m = math.min(minute, (tonumber(kept[1]) or minute) + passed * minute / 60)
            local h = math.min(hour, (tonumber(kept[2]) or hour) + passed * hour / 3600)
            local wait = 0
            if m < take or h < take then
                wait = math.max((take - m) * 60 / minute, (take - h) * 3600 / hour)
            else
                m, h = math.min(minute, m - take), math.min(hour, h - take)
            end
            redis.call('HSET', KEYS[1], 'm', m, 'h', h, 't', string.format('%.6f', now))
            redis.call('EXPIRE', KEYS[1], 3600)
            return math.ceil(wait * 1000)
            """;

    private final Redis redis;
    private final RedisSettings settings;
    private final LocalBuckets local = new LocalBuckets(System::nanoTime);

    @Inject
    TokenBuckets(Redis redis, RedisSettings settings) {
        this.redis = redis;
        this.settings = settings;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected TokenBuckets() {
        this(null, null);
    }

    /** Takes one token of both buckets, or none: then how long until there is one. */
    public Optional<Duration> take(String name, Rate rate) {
        return move(name, rate, 1).filter(Duration::isPositive);
    }

    /** Gives a token back that {@link #take} took: the failure was ours. */
    public void giveBack(String name, Rate rate) {
        move(name, rate, -1);
    }

    private Optional<Duration> move(String name, Rate rate, int tokens) {
        return ask(name, rate, tokens)
                .or(() -> local.move(name, rate.sharedBy(settings.expectedNodes()), tokens));
    }

    private Optional<Duration> ask(String name, Rate rate, int tokens) {
        if (!redis.available()) {
            return Optional.empty();
        }
        var arguments =
                List.of(
                        String.valueOf(rate.perMinute()),
                        String.valueOf(rate.perHour()),
                        String.valueOf(tokens));
        var keys = List.of(redis.key("bucket:" + name));
        return redis.call(client -> client.eval(SCRIPT, keys, arguments))
                .map(millis -> Duration.ofMillis((Long) millis));
    }
}
