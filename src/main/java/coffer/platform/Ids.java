package coffer.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.UUID;

/** Makes every id (UUIDv7, RFC 9562) and every random secret. Never takes one from a client. */
@ApplicationScoped
public class Ids {

    private static final SecureRandom RANDOM = new SecureRandom();
    private final Clock clock;

    @Inject
    public Ids(Clock clock) {
        this.clock = clock;
    }

    /** For the client proxy. */
    protected Ids() {
        this(Clock.systemUTC());
    }

    /** A new UUIDv7: milliseconds of the injected clock, then 74 random bits. */
    public UUID next() {
        return at(clock.millis());
    }

    static UUID at(long epochMillis) {
        var high = (epochMillis << 16) | 0x7000L | (RANDOM.nextInt() & 0x0FFFL);
        var low = 0x8000_0000_0000_0000L | (RANDOM.nextLong() >>> 2);
        return new UUID(high, low);
    }

    /** {@code bytes} random bytes, as lower-case hex. */
    public String hex(int bytes) {
        return HexFormat.of().formatHex(bytes(bytes));
    }

    /** {@code count} random bytes. */
    public byte[] bytes(int count) {
        var random = new byte[count];
        RANDOM.nextBytes(random);
        return random;
    }
}
