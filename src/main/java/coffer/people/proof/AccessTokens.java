package coffer.people.proof;

import coffer.platform.Secret;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.UUID;

/**
 * Access tokens: RS256 JWTs (RFC 7519) that name an account and a session and grant nothing by
 * themselves. What their bearer may do is read from the catalogue. MicroProfile JWT checks them.
 */
@ApplicationScoped
public class AccessTokens {

    /** {@code iss} and {@code aud}, as server.xml has them. */
    public static final String COFFER = "coffer";

    /** The claim with the session's id. */
    public static final String SESSION = "sid";

    private final TokenKeys keys;
    private final Duration ttl;

    /** The container checks {@code exp} by the machine's clock, so no other may date a token. */
    private final Clock clock = Clock.systemUTC();

    @Inject
    AccessTokens(TokenKeys keys, SignInSettings settings) {
        this.keys = keys;
        this.ttl = settings.accessTtl();
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected AccessTokens() {
        keys = null;
        ttl = Duration.ZERO;
    }

    /** How long one is good for. */
    public Duration ttl() {
        return ttl;
    }

    /** A new one for the API. */
    public Secret issue(UUID accountId, UUID sessionId) {
        return issue(accountId, sessionId, ttl);
    }

    /** A new one that is good for {@code life}. */
    public Secret issue(UUID accountId, UUID sessionId, Duration life) {
        var key = keys.signing();
        var now = clock.instant();
        var claims =
                new JWTClaimsSet.Builder()
                        .issuer(COFFER)
                        .audience(COFFER)
                        .subject(accountId.toString())
                        .claim("upn", accountId.toString())
                        .claim("groups", List.of())
                        .claim(SESSION, sessionId.toString())
                        .jwtID(UUID.randomUUID().toString())
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(life)))
                        .build();
        var header =
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID(key.getKeyID())
                        .type(JOSEObjectType.JWT)
                        .build();
        var token = new SignedJWT(header, claims);
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException missing) {
            throw new IllegalStateException("cannot sign with key " + key.getKeyID(), missing);
        }
        return new Secret(token.serialize());
    }

    /** True when the text says of itself that its time is over. It proves nothing. */
    public boolean isPast(String text) {
        try {
            var end = SignedJWT.parse(text).getJWTClaimsSet().getExpirationTime();
            return end != null && end.toInstant().isBefore(clock.instant());
        } catch (ParseException noToken) {
            return false;
        }
    }

    /**
     * True when the text is a JWT that names one of our keys. It proves nothing; it makes sure that
     * this node has the key before the container checks, and spares the container's log.
     */
    public boolean namesOurKey(String text) {
        try {
            var header = SignedJWT.parse(text).getHeader();
            var id = header.getKeyID();
            return JWSAlgorithm.RS256.equals(header.getAlgorithm()) && id != null && keys.knows(id);
        } catch (ParseException noToken) {
            return false;
        }
    }
}
