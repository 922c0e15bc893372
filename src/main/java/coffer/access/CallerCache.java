package coffer.access;

import coffer.id.Caller;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Callers whose credentials were found right lately, under a digest by a key that lives and dies
 * with this object. Only granted ones enter, so no flood of guesses fills it. An entry is dated
 * before the read that made it and is gone 25 s later. Whoever reads takes the {@link #epoch} first
 * and hands it back with the entry: if anything was invalidated in between, what was read is not
 * kept.
 */
public final class CallerCache<C extends Caller> {

    /** An entry's longest life. */
    public static final Duration LIFE = Duration.ofSeconds(25);

    private static final String ALGORITHM = "HmacSHA256";
    private static final long SWEEP_PAUSE = Duration.ofSeconds(1).toNanos();

    /** A digest of a pair; 256 bits of it, so two pairs never share one. */
    public record Key(long a, long b, long c, long d) {}

    private record Entry<C>(C caller, long endsAt) {}

    private final SecretKeySpec secret;
    private final int most;
    private final LongSupplier nanos;
    private final ConcurrentHashMap<Key, Entry<C>> entries = new ConcurrentHashMap<>();
    private final ReentrantLock writing = new ReentrantLock();
    private final AtomicLong epoch = new AtomicLong();
    private long sweptAt;

    /**
     * An empty one.
     *
     * @param most entries at most
     * @param nanos a monotonic clock
     */
    public CallerCache(int most, LongSupplier nanos) {
        var random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.secret = new SecretKeySpec(random, ALGORITHM);
        this.most = most;
        this.nanos = nanos;
        this.sweptAt = nanos.getAsLong();
    }

    /**
     * The digest under which a credential is kept.
     *
     * @param name without a zero character
     */
    public Key key(String name, String secret) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(this.secret);
            mac.update(name.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            var digest = ByteBuffer.wrap(mac.doFinal(secret.getBytes(StandardCharsets.UTF_8)));
            return new Key(digest.getLong(), digest.getLong(), digest.getLong(), digest.getLong());
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(ALGORITHM + " is part of every JDK", missing);
        }
    }

    /** Take it before the read whose outcome {@link #put} shall keep. */
    public long epoch() {
        return epoch.get();
    }

    /** The monotonic clock; take it before the read, too. */
    public long now() {
        return nanos.getAsLong();
    }

    int size() {
        return entries.size();
    }

    /** Who it was within the last 25 s; null when that is not known. */
    public @Nullable C get(Key key) {
        var entry = entries.get(key);
        return entry == null || entry.endsAt() - nanos.getAsLong() <= 0 ? null : entry.caller();
    }

    /**
     * Keeps what was read, unless something was invalidated since.
     *
     * @param epoch taken before the read
     * @param readAt {@link #now()} before the read
     * @param life how much longer the secret is good for, or null
     */
    public void put(Key key, C caller, long epoch, long readAt, @Nullable Duration life) {
        var kept = life == null || life.compareTo(LIFE) > 0 ? LIFE : life;
        writing.lock();
        try {
            if (epoch == this.epoch.get() && kept.isPositive()) {
                makeRoom();
                entries.put(key, new Entry<>(caller, readAt + kept.toNanos()));
            }
        } finally {
            writing.unlock();
        }
    }

    /** This one was refused just now. */
    public void drop(Key key) {
        entries.remove(key);
    }

    /** Forgets these; whoever reads just now keeps nothing. */
    public void dropIf(Predicate<C> affected) {
        writing.lock();
        try {
            epoch.incrementAndGet(); // First, so that nobody who read before this keeps it after.
            entries.values().removeIf(entry -> affected.test(entry.caller()));
        } finally {
            writing.unlock();
        }
    }

    /** Forgets all, after a gap on the bus. */
    public void dropAll() {
        dropIf(any -> true);
    }

    /** Amortized: looks for dead entries at most once a second, else any one goes. */
    private void makeRoom() {
        if (entries.size() < most) {
            return;
        }
        var now = nanos.getAsLong();
        if (now - sweptAt > SWEEP_PAUSE) {
            sweptAt = now;
            entries.values().removeIf(entry -> entry.endsAt() - now <= 0);
        }
        var any = entries.keySet().iterator();
        if (entries.size() >= most && any.hasNext()) {
            entries.remove(any.next());
        }
    }
}
