package coffer.people.proof;

import coffer.platform.Log;
import coffer.platform.ProblemType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.JWTProcessor;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;

import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Checks ID tokens of the configured provider (OpenID Connect Core 1.0, section 3.1.3.7): its
 * signature by its published keys, issuer, audience, expiry, and that it is fresh. Only asymmetric
 * algorithms; never {@code none}.
 */
@ApplicationScoped
public class ProviderTokens {

    /**
     * Who the provider says it is.
     *
     * @param issuer the provider
     * @param subject its word for the person, never reused
     */
    public record Identity(String issuer, String subject) {}

    /** What nonces of the pages begin with. */
    static final String PAGES = "coffer-pages-";

    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(
                    JWSAlgorithm.RS256,
                    JWSAlgorithm.RS384,
                    JWSAlgorithm.RS512,
                    JWSAlgorithm.PS256,
                    JWSAlgorithm.ES256,
                    JWSAlgorithm.ES384);
    private static final int TIMEOUT_MILLIS = 3_000;
    private static final int MOST_BYTES = 256 * 1024;
    private static final int RETRY_SECONDS = 10;
    private static final int MOST_CHARACTERS = 16 * 1024;

    private final @Nullable JWTProcessor<SecurityContext> processor;
    private final Duration freshness;
    private final String audience;

    @Inject
    ProviderTokens(ProviderSettings settings) {
        freshness = settings.freshness();
        audience = settings.audience().orElse("");
        processor =
                settings.jwks()
                        .map(jwks -> processor(settings.issuer().orElseThrow(), jwks, audience))
                        .orElse(null);
    }

    /** For the client proxy. */
    protected ProviderTokens() {
        processor = null;
        freshness = Duration.ZERO;
        audience = "";
    }

    /** True when a provider is configured. */
    public boolean configured() {
        return processor != null;
    }

    /**
     * Whose token it is; empty for any that is not right. A 503 while the provider is away. One
     * that was made for a sign-in at the pages is for nothing else: it goes back to the provider in
     * an address when the person signs out, and whoever finds it there shall not get in by it.
     */
    public Optional<Identity> check(String token) {
        return check(token, null);
    }

    /** The same, of a token that must carry this nonce; without one, none of the pages. */
    Optional<Identity> check(String token, @Nullable String nonce) {
        if (processor == null || token.length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        try {
            var claims = processor.process(token, null);
            return isFresh(claims)
                            && isForUs(claims)
                            && isMeant(nonce, claims.getStringClaim("nonce"))
                    ? Optional.of(new Identity(claims.getIssuer(), claims.getSubject()))
                    : Optional.empty();
        } catch (KeySourceException away) {
            Log.warn("sign_in.provider_away", "fault", away.toString());
            throw ProblemType.UNAVAILABLE.retryAfter(RETRY_SECONDS);
        } catch (ParseException | BadJOSEException | JOSEException wrong) {
            return Optional.empty();
        }
    }

    private static boolean isMeant(@Nullable String expected, @Nullable String nonce) {
        return expected == null
                ? nonce == null || !nonce.startsWith(PAGES)
                : expected.equals(nonce);
    }

    private boolean isFresh(JWTClaimsSet claims) {
        var issued = claims.getIssueTime().toInstant();
        return issued.isAfter(Instant.now().minus(freshness));
    }

    /** A token for several audiences must say that it was made for us (azp). */
    private boolean isForUs(JWTClaimsSet claims) throws ParseException {
        var party = claims.getStringClaim("azp");
        return party == null ? claims.getAudience().size() == 1 : party.equals(audience);
    }

    private static JWTProcessor<SecurityContext> processor(
            String issuer, URI jwks, String audience) {
        try {
            var retriever =
                    new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MOST_BYTES);
            var keys = JWKSourceBuilder.create(jwks.toURL(), retriever).retrying(true).build();
            var processor = new DefaultJWTProcessor<SecurityContext>();
            processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
            processor.setJWTClaimsSetVerifier(
                    new DefaultJWTClaimsVerifier<>(
                            audience,
                            new JWTClaimsSet.Builder().issuer(issuer).build(),
                            Set.of("sub", "iat", "exp")));
            return processor;
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible); // The settings took it for an address.
        }
    }
}
