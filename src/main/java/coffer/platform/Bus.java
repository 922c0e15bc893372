package coffer.platform;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;

import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.exceptions.JedisException;

import java.time.Clock;
import java.time.Duration;

/**
 * Tells every node of this installation something, through Redis, signed. What Redis does not take
 * is said again until it does. What is said may be lost all the same: {@link #hears()} is false
 * when this node has not heard its own ping for 10 s, and {@link BusRejoined} follows every gap, so
 * that nobody trusts a silence. Without a Redis a node talks to itself alone and hears that well.
 */
@ApplicationScoped
public class Bus {

    private static final Duration BEAT = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration REPEAT = Duration.ofMillis(250);
    private static final String PING = "ping";
    private static final BusMessage FORGET_ALL = new BusMessage("forget", "all");

    private final Redis redis;
    private final KeyRing keys;
    private final Clock clock;
    private final Executors executors;
    private final Event<Object> events;
    private final Ids ids;
    private final BusEar ear = new BusEar(System::nanoTime);
    private final BusBacklog backlog = new BusBacklog(FORGET_ALL);
    private volatile @Nullable BusSeal seal;
    private volatile @Nullable Jedis connection;
    private volatile long joinedAt;
    private volatile boolean stopped;

    @Inject
    Bus(
            Redis redis,
            KeyRing keys,
            Clock clock,
            Executors executors,
            Event<Object> events,
            Ids ids) {
        this.redis = redis;
        this.keys = keys;
        this.clock = clock;
        this.executors = executors;
        this.events = events;
        this.ids = ids;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected Bus() {
        this(null, null, null, null, null, null);
    }

    void start(@Observes Schema.Ready ready) {
        if (redis.configured()) {
            seal = new BusSeal(keys, channel());
            executors.every(PAUSE, "bus.listen", this::listen);
            executors.every(BEAT, "bus.ping", this::ping);
            executors.every(REPEAT, "bus.repeat", this::repeat);
        }
    }

    @PreDestroy
    void stop() {
        stopped = true;
        hangUp();
    }

    /** Tells all nodes, this one at once; never throws because of Redis. */
    public void publish(String topic, String text) {
        var message = new BusMessage(topic, text);
        events.fire(message);
        if (redis.configured() && !send(message)) {
            backlog.add(message); // A call that took too long must not cost the others 25 s.
        }
    }

    /** True while this node heard its own ping within the last 10 s, or needs no Redis for it. */
    public boolean hears() {
        return !redis.configured() || ear.hears();
    }

    /**
     * False when Redis did not say that it took it; it may have, and hearing it twice is no harm.
     */
    private boolean send(BusMessage message) {
        var sealer = seal;
        if (sealer == null) {
            return false;
        }
        var line = sealer.seal(message, clock.instant());
        return redis.call(client -> client.publish(channel(), line)).isPresent();
    }

    /** Sealed anew, for a line is believed only for a while. */
    private void repeat() {
        var owed = backlog.owed();
        if (owed.isEmpty()) {
            return;
        }
        if (!redis.available()) {
            redis.probe();
        }
        for (var message : owed) {
            if (!send(message)) {
                return;
            }
            backlog.paid(message);
        }
        Log.info("bus.repeated", "messages", owed.size());
    }

    private void ping() {
        var ping = ids.hex(8);
        ear.sending(ping);
        var _ = send(new BusMessage(PING, ping)); // The next one is 2 s away.
        var silentFor = System.nanoTime() - joinedAt;
        if (connection != null && !ear.hears() && silentFor > BusEar.PATIENCE.toNanos()) {
            hangUp(); // A connection that died without a word would wait for ever.
        }
    }

    /** Returns when the connection ends, and is called again. */
    private void listen() {
        if (stopped) {
            return;
        }
        try (var opened = redis.connect()) {
            joinedAt = System.nanoTime();
            connection = opened;
            opened.subscribe(new Listener(), channel());
        } catch (JedisException away) {
            if (connection != null && !stopped) {
                Log.warn("bus.lost", "fault", away.toString());
            }
        } finally {
            connection = null;
        }
    }

    private void hangUp() {
        var open = connection;
        if (open != null) {
            try {
                open.disconnect();
            } catch (JedisException alreadyGone) {
                Log.warn("bus.lost", "fault", alreadyGone.toString());
            }
        }
    }

    private String channel() {
        return redis.key("bus");
    }

    private void hear(String line) {
        var sealer = seal;
        if (sealer == null) {
            return;
        }
        var message = sealer.open(line, clock.instant());
        if (message.isEmpty()) {
            Log.warn("bus.line_refused");
        } else if (message.get().topic().equals(PING)) {
            ear.hear(message.get().text());
        } else if (message.get().equals(FORGET_ALL)) {
            events.fire(new BusRejoined());
        } else {
            events.fire(message.get());
        }
    }

    /** An observer's fault must not end the subscription. */
    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException thrown) {
            Log.error("bus.observer_failed", thrown);
        }
    }

    private final class Listener extends JedisPubSub {
        @Override
        public void onSubscribe(String channel, int count) {
            Log.info("bus.joined");
            guarded(() -> events.fire(new BusRejoined()));
        }

        @Override
        public void onMessage(String channel, String line) {
            guarded(() -> hear(line));
        }
    }
}
