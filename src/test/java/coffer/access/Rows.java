package coffer.access;

import coffer.id.Caller;
import coffer.platform.Secret;
import coffer.platform.TestBus;
import coffer.platform.TestKeys;

import org.eclipse.microprofile.metrics.Counter;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Machine secrets in memory instead of the catalogue, for what needs a clock or a race of its own.
 */
class Rows extends CredentialLedger {

    static final String KEY = "NETH-0000-0000";
    static final String PUBLIC = "cof_0123456789abcdef0123";
    static final String HIDDEN = "0123456789abcdef0123456789abcdef01234567";

    final SecretDigests digests = new SecretDigests(TestKeys.ring());
    final AtomicInteger reads = new AtomicInteger();
    Runnable whileReading = () -> {};
    boolean away;
    private final Map<String, CredentialRow> rows = new ConcurrentHashMap<>();

    Rows() {
        rows.put(PUBLIC, row());
    }

    private CredentialRow row() {
        var mac = digests.keyed(new Secret(HIDDEN));
        return new CredentialRow(
                UUID.randomUUID(),
                UUID.randomUUID(),
                KEY,
                "hmac-sha256",
                mac.keyId(),
                null,
                mac.digest(),
                List.of(UUID.randomUUID(), UUID.randomUUID()),
                true,
                null,
                true,
                false,
                false,
                CredentialRow.Origin.NATIVE);
    }

    UUID systemId() {
        return rows.get(PUBLIC).systemId();
    }

    @Override
    Optional<CredentialRow> find(String publicPart) {
        reads.incrementAndGet();
        if (away) {
            throw new IllegalStateException("away");
        }
        var row = Optional.ofNullable(rows.get(publicPart));
        whileReading.run();
        return row;
    }

    @Override
    Optional<CredentialRow> findPair(String legacyId) {
        return find(legacyId);
    }

    ApplianceAccess access(CallerCache<Caller.Appliance> cache) {
        var metrics = new AccessMetrics(new Adder(), new Adder(), new Adder());
        return new ApplianceAccess(
                this, cache, digests, new MachineSecrets(), TestBus.alone(), metrics);
    }

    static String header(String key, String secret) {
        var pair = (key + ":" + secret).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return "Basic " + java.util.Base64.getEncoder().encodeToString(pair);
    }

    private static final class Adder implements Counter {
        private final LongAdder sum = new LongAdder();

        @Override
        public void inc() {
            sum.increment();
        }

        @Override
        public void inc(long n) {
            sum.add(n);
        }

        @Override
        public long getCount() {
            return sum.sum();
        }
    }
}
