package coffer.people;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Signs ID tokens, publishes its keys and exchanges codes over HTTP, as an OpenID Connect provider
 * does. What it is stricter in than need be: a code works once, with its own redirection and proof.
 */
final class TestProvider {

    static final String ISSUER = "https://provider.example.org/realm";
    static final String AUDIENCE = "coffer-at-test";

    private final RSAKey key = key("provider-1");
    private final HttpServer server;
    private final Map<String, Grant> grants = new ConcurrentHashMap<>();
    private volatile boolean away;

    /** What a code stands for. */
    private record Grant(String redirection, String challenge, String idToken) {}

    TestProvider() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var keys = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
        server.createContext(
                "/keys",
                exchange -> {
                    exchange.getResponseHeaders().add("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, keys.length);
                    exchange.getResponseBody().write(keys);
                    exchange.close();
                });
        server.createContext("/token", this::exchange);
        server.createContext("/logout", this::end);
        server.start();
    }

    /** Where browsers would sign in; nothing is there. */
    static final String AUTHORIZATION = "https://provider.example.org/realm/authorize";

    /** Where they sign out: it sends back whoever brings one of its own ID tokens. */
    String endAddress() {
        return address().replace("/keys", "/logout");
    }

    String tokenAddress() {
        return address().replace("/keys", "/token");
    }

    /** From now on codes are answered with 500, or as they ought to be. */
    void away(boolean away) {
        this.away = away;
    }

    /** The code of a person who signed in here, for whom {@code request} was the address. */
    String grant(Map<String, String> request, JWTClaimsSet.Builder claims) {
        var code = "code-" + UUID.randomUUID();
        grants.put(
                code,
                new Grant(
                        request.get("redirect_uri"), request.get("code_challenge"), sign(claims)));
        return code;
    }

    private void exchange(HttpExchange exchange) throws IOException {
        var fields =
                fields(
                        new String(
                                exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        var grant = grants.remove(fields.getOrDefault("code", ""));
        var good =
                grant != null
                        && "authorization_code".equals(fields.get("grant_type"))
                        && AUDIENCE.equals(fields.get("client_id"))
                        && grant.redirection().equals(fields.get("redirect_uri"))
                        && grant.challenge().equals(challenge(fields.get("code_verifier")));
        var answer =
                (good
                                ? "{\"access_token\": \"a\", \"token_type\": \"Bearer\", \"id_token\": \""
                                        + grant.idToken()
                                        + "\"}"
                                : "{\"error\": \"invalid_grant\"}")
                        .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(away ? 500 : good ? 200 : 400, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private void end(HttpExchange exchange) throws IOException {
        var fields = fields(exchange.getRequestURI().getRawQuery());
        if (AUDIENCE.equals(fields.get("client_id")) && isOurs(fields.get("id_token_hint"))) {
            var back = fields.get("post_logout_redirect_uri") + "?state=" + fields.get("state");
            exchange.getResponseHeaders().add("Location", back);
            exchange.sendResponseHeaders(302, -1);
        } else {
            exchange.sendResponseHeaders(400, -1);
        }
        exchange.close();
    }

    private boolean isOurs(String token) {
        try {
            return SignedJWT.parse(token).verify(new RSASSAVerifier(key.toRSAPublicKey()));
        } catch (JOSEException | ParseException wrong) {
            return false;
        }
    }

    /** RFC 7636, section 4.2. */
    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The fields of a form or a query. */
    static Map<String, String> fields(String form) {
        return Stream.of(form.split("&"))
                .map(field -> field.split("=", 2))
                .collect(
                        Collectors.toMap(
                                field -> field[0],
                                field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
    }

    static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/keys";
    }

    /** Right in everything, for this person. */
    static JWTClaimsSet.Builder claims(String subject) {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject(subject)
                .issueTime(Date.from(Instant.now()))
                .expirationTime(Date.from(Instant.now().plusSeconds(300)));
    }

    String sign(JWTClaimsSet.Builder claims) {
        return sign(claims, key);
    }

    static String sign(JWTClaimsSet.Builder claims, RSAKey with) {
        var token =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(with.getKeyID()).build(),
                        claims.build());
        try {
            token.sign(new RSASSASigner(with));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }
}
