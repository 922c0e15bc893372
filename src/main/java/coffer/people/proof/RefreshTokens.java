package coffer.people.proof;

import coffer.platform.KeyRing;
import coffer.platform.Mac;
import coffer.platform.Secret;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Refresh tokens: {@code cor_<32 hex session>.<generation>.<64 hex>}, the last part being
 * HMAC-SHA-256(pepper, the session's seed and the generation). None is stored, and yet each that
 * was ever given out can be told from a guess: that is how reuse is seen.
 */
@ApplicationScoped
public class RefreshTokens {

    /**
     * A token taken apart, proven by nobody yet.
     *
     * @param sessionId whose it says it is
     * @param generation which of the session's tokens
     * @param digest the proof
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared, never shown.
    public record Claim(UUID sessionId, int generation, byte[] digest) {
        @Override
        public String toString() {
            return "Claim[****]";
        }
    }

    private static final String PEPPER = "pepper";
    private static final Pattern FORMAT =
            Pattern.compile("cor_([0-9a-f]{16})([0-9a-f]{16})\\.([0-9]{1,9})\\.([0-9a-f]{64})");

    private final KeyRing keys;
    private final Duration sessionTtl;

    @Inject
    RefreshTokens(KeyRing keys, SignInSettings settings) {
        this.keys = keys;
        this.sessionTtl = settings.sessionTtl();
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected RefreshTokens() {
        keys = null;
        sessionTtl = Duration.ZERO;
    }

    /** How long a session's tokens are good for, whatever was refreshed. */
    public Duration sessionTtl() {
        return sessionTtl;
    }

    /** Which pepper a new session's tokens are made by. */
    public String currentKey() {
        return keys.current(PEPPER);
    }

    /** The token of one generation. */
    public Secret token(UUID sessionId, int generation, byte[] seed, String keyId) {
        var hex = HexFormat.of();
        var digest = keys.sign(PEPPER, keyId, message(seed, generation)).digest();
        return new Secret(
                "cor_"
                        + hex.toHexDigits(sessionId.getMostSignificantBits())
                        + hex.toHexDigits(sessionId.getLeastSignificantBits())
                        + "."
                        + generation
                        + "."
                        + hex.formatHex(digest));
    }

    /** Takes a text apart; empty when it cannot be a refresh token. */
    public Optional<Claim> parse(String text) {
        var matcher = FORMAT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var id =
                new UUID(
                        HexFormat.fromHexDigitsToLong(matcher.group(1)),
                        HexFormat.fromHexDigitsToLong(matcher.group(2)));
        return Optional.of(
                new Claim(
                        id,
                        Integer.parseInt(matcher.group(3)),
                        HexFormat.of().parseHex(matcher.group(4))));
    }

    /** True when we once gave this token out. */
    public boolean isOurs(Claim claim, byte[] seed, String keyId) {
        return keys.verify(
                PEPPER, new Mac(keyId, claim.digest()), message(seed, claim.generation()));
    }

    private static byte[] message(byte[] seed, int generation) {
        return ByteBuffer.allocate(seed.length + Integer.BYTES)
                .put(seed)
                .putInt(generation)
                .array();
    }
}
