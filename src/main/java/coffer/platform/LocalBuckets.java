package coffer.platform;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** One node's own buckets, while Redis is away. Bounded: the one unused for longest goes first. */
final class LocalBuckets {

    static final int MOST = 20_000;
    private static final double NANOS = 1e9;

    private static final class Bucket {
        private double minute;
        private double hour;
        private long at;
    }

    private final LongSupplier nanos;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    LocalBuckets(LongSupplier nanos) {
        this.nanos = nanos;
    }

    int size() {
        synchronized (buckets) {
            return buckets.size();
        }
    }

    /** Zero when moved, else how long to wait; never empty. */
    Optional<Duration> move(String name, TokenBuckets.Rate rate, int take) {
        synchronized (buckets) {
            var bucket = refilled(name, rate);
            if (bucket.minute < take || bucket.hour < take) {
                var wait =
                        Math.max(
                                (take - bucket.minute) * 60 / rate.perMinute(),
                                (take - bucket.hour) * 3600 / rate.perHour());
                return Optional.of(Duration.ofMillis((long) Math.ceil(wait * 1000)));
            }
            bucket.minute = Math.min((double) rate.perMinute(), bucket.minute - take);
            bucket.hour = Math.min((double) rate.perHour(), bucket.hour - take);
            return Optional.of(Duration.ZERO);
        }
    }

    private Bucket refilled(String name, TokenBuckets.Rate rate) {
        var now = nanos.getAsLong();
        var bucket = buckets.get(name);
        if (bucket == null) {
            makeRoom();
            bucket = new Bucket();
            bucket.minute = rate.perMinute();
            bucket.hour = rate.perHour();
            buckets.put(name, bucket);
        } else {
            var passed = Math.max(0, now - bucket.at) / NANOS;
            bucket.minute =
                    Math.min(
                            (double) rate.perMinute(),
                            bucket.minute + passed * rate.perMinute() / 60);
            bucket.hour =
                    Math.min((double) rate.perHour(), bucket.hour + passed * rate.perHour() / 3600);
        }
        bucket.at = now;
        return bucket;
    }

    private void makeRoom() {
        if (buckets.size() >= MOST) {
            Iterator<String> oldest = buckets.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }
}
