package coffer.platform;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;

import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisURIHelper;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * The shared Redis, which may vanish at any time. No call throws because of it, none waits longer
 * than {@code coffer.redis.timeout}, and while it is away none waits at all: only a probe in the
 * background finds out that it is back.
 */
@ApplicationScoped
public class Redis {

    private static final Duration PROBE = Duration.ofSeconds(1);

    private final RedisSettings settings;
    private final Installation installation;
    private final Executors executors;
    private volatile @Nullable UnifiedJedis client;
    private volatile boolean available;

    @Inject
    Redis(RedisSettings settings, Installation installation, Executors executors) {
        this.settings = settings;
        this.installation = installation;
        this.executors = executors;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected Redis() {
        this(null, null, null);
    }

    void start(@Observes Schema.Ready ready) {
        if (configured()) {
            executors.every(PROBE, "redis.probe", this::probe);
        }
    }

    @PreDestroy
    void stop() {
        available = false;
        var open = client;
        if (open != null) {
            open.close();
        }
    }

    /** True when there is to be a Redis at all. */
    public boolean configured() {
        return settings.url().isPresent();
    }

    /** True when it answered last time. */
    public boolean available() {
        return available;
    }

    /** Asks Redis; empty when it is away, or answers nothing. */
    public <T> Optional<T> call(Function<UnifiedJedis, T> question) {
        var open = client;
        if (!available || open == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(question.apply(open));
        } catch (JedisDataException refused) {
            Log.warn("redis.refused", "fault", refused.toString());
            return Optional.empty();
        } catch (JedisException away) {
            lost(away);
            return Optional.empty();
        }
    }

    /** A key or channel of this environment and installation. */
    public String key(String name) {
        return "coffer:" + settings.environment() + ":" + installation.id() + ":" + name;
    }

    /** A connection of its own, for a subscription; the caller closes it. */
    Jedis connect() {
        return new Jedis(hostAndPort(), clientConfig());
    }

    void probe() {
        try {
            var open = client;
            if (open == null) {
                open = open();
                client = open;
            }
            open.ping();
            if (!available) {
                available = true;
                Log.info("redis.found");
            }
        } catch (JedisException away) {
            lost(away);
        }
    }

    private void lost(JedisException fault) {
        if (available) {
            available = false;
            Log.warn("redis.lost", "fault", fault.toString());
        }
    }

    private UnifiedJedis open() {
        var pool = new ConnectionPoolConfig();
        pool.setMaxTotal(settings.connections());
        pool.setMaxIdle(settings.connections());
        pool.setMaxWait(settings.timeout());
        pool.setJmxEnabled(false);
        return RedisClient.builder()
                .hostAndPort(hostAndPort())
                .clientConfig(clientConfig())
                .poolConfig(pool)
                .build();
    }

    private HostAndPort hostAndPort() {
        return JedisURIHelper.getHostAndPort(settings.address());
    }

    private JedisClientConfig clientConfig() {
        var address = settings.address();
        var config =
                DefaultJedisClientConfig.builder()
                        .resp2()
                        .timeoutMillis((int) settings.timeout().toMillis())
                        .user(JedisURIHelper.getUser(address))
                        .password(JedisURIHelper.getPassword(address))
                        .database(JedisURIHelper.getDBIndex(address));
        if (JedisURIHelper.isRedisSSLScheme(address)) {
            config.sslOptions(SslOptions.defaults());
        }
        return config.build();
    }
}
