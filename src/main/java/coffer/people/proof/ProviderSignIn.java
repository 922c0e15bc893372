package coffer.people.proof;

import coffer.people.proof.ProviderTokens.Identity;
import coffer.platform.Log;
import coffer.platform.ProblemType;
import coffer.platform.Secret;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.SerializeException;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Signs a browser in at the provider: the authorization code flow (OpenID Connect Core 1.0, section
 * 3.1) with a PKCE proof (RFC 7636), a state and a nonce. Nothing is kept here between the two
 * halves: what the second must know is in the browser, in a ticket that only it has.
 */
@ApplicationScoped
public class ProviderSignIn {

    /**
     * The first half.
     *
     * @param address where the browser goes
     * @param ticket what it must bring along when it comes back
     */
    public record Departure(String address, Secret ticket) {}

    /**
     * The second half.
     *
     * @param identity who came back
     * @param idToken how the provider knows the session again
     */
    public record Arrival(Identity identity, Secret idToken) {}

    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final long MOST_BYTES = 256L * 1024;
    private static final int MOST_CHARACTERS = 4 * 1024;
    private static final int RETRY_SECONDS = 10;
    private static final Pattern TICKET =
            Pattern.compile(
                    "([A-Za-z0-9_-]{43})\\.("
                            + ProviderTokens.PAGES
                            + "[A-Za-z0-9_-]{43})\\.([A-Za-z0-9_-]{43})");

    private final ProviderSettings settings;
    private final ProviderTokens tokens;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(TIMEOUT)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();

    @Inject
    ProviderSignIn(ProviderSettings settings, ProviderTokens tokens) {
        this.settings = settings;
        this.tokens = tokens;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected ProviderSignIn() {
        this(null, null);
    }

    /** What people call the provider; empty where browsers do not sign in at one. */
    public Optional<String> name() {
        return settings.authorization().map(any -> settings.name());
    }

    /** Sends a browser there; {@code back} is where it shall return to. */
    public Departure depart(URI back) {
        var state = new State();
        var nonce = new Nonce(ProviderTokens.PAGES + new Nonce());
        var verifier = new CodeVerifier();
        var address =
                new AuthenticationRequest.Builder(
                                ResponseType.CODE, new Scope("openid"), client(), back)
                        .endpointURI(settings.authorization().orElseThrow())
                        .state(state)
                        .nonce(nonce)
                        .codeChallenge(verifier, CodeChallengeMethod.S256)
                        .build()
                        .toURI();
        return new Departure(
                address.toString(), new Secret(state + "." + nonce + "." + verifier.getValue()));
    }

    /**
     * Who came back, if the state is the one of the ticket and the provider takes the code.
     *
     * @param back to the letter as it was sent
     * @throws coffer.platform.Problem 503 while the provider is away
     */
    public Optional<Arrival> arrive(String ticket, String state, String code, URI back) {
        var parts = TICKET.matcher(ticket);
        if (!parts.matches() || !same(parts.group(1), state) || code.length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        return idToken(code, new CodeVerifier(parts.group(3)), back)
                .flatMap(token ->
                        tokens.check(token, parts.group(2))
                                .map(identity -> new Arrival(identity, new Secret(token))));
    }

    private Optional<String> idToken(String code, CodeVerifier verifier, URI back) {
        var grant = new AuthorizationCodeGrant(new AuthorizationCode(code), back, verifier);
        var endpoint = settings.token().orElseThrow();
        var request =
                settings.clientSecret()
                        .map(secret -> new TokenRequest.Builder(endpoint, proof(secret), grant))
                        .orElseGet(() -> new TokenRequest.Builder(endpoint, client(), grant))
                        .build();
        try {
            var answer = OIDCTokenResponseParser.parse(send(request.toHTTPRequest()));
            return answer instanceof OIDCTokenResponse granted
                    ? Optional.ofNullable(granted.getOIDCTokens().getIDTokenString())
                    : refused(answer.toErrorResponse().getErrorObject());
        } catch (ParseException | SerializeException noToken) {
            return refused("no token response");
        } catch (IOException away) {
            Log.warn("sign_in.provider_away", "fault", away.toString());
            throw ProblemType.UNAVAILABLE.retryAfter(RETRY_SECONDS);
        }
    }

    private HTTPResponse send(HTTPRequest request) throws IOException, ParseException {
        var builder =
                HttpRequest.newBuilder(request.getURI())
                        .timeout(TIMEOUT)
                        .POST(BodyPublishers.ofString(request.getBody()));
        request.getHeaderMap()
                .forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        try {
            var answer =
                    http.send(
                            builder.build(),
                            BodyHandlers.limiting(
                                    BodyHandlers.ofString(StandardCharsets.UTF_8), MOST_BYTES));
            if (answer.statusCode() >= 500) {
                throw new IOException("the provider answered " + answer.statusCode());
            }
            var parsed = new HTTPResponse(answer.statusCode());
            var type = answer.headers().firstValue("Content-Type");
            if (type.isPresent()) {
                parsed.setContentType(type.get());
            }
            parsed.setBody(answer.body());
            return parsed;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped", stopped);
        }
    }

    private ClientID client() {
        return new ClientID(settings.audience().orElseThrow());
    }

    private ClientSecretBasic proof(Secret secret) {
        return new ClientSecretBasic(
                client(), new com.nimbusds.oauth2.sdk.auth.Secret(secret.reveal()));
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static <T> Optional<T> refused(Object why) {
        Log.info("sign_in.provider_refused", "reason", String.valueOf(why));
        return Optional.empty();
    }
}
