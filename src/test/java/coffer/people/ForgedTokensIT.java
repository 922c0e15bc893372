package coffer.people;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.People;
import coffer.launch.PersonClient;
import coffer.launch.Wait;
import coffer.people.proof.ServerKey;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;

/** Tokens that are wrong in one thing each, signed with the server's own key where that helps. */
class ForgedTokensIT {

    private final PeopleServer server = PeopleServer.shared();
    private JWTClaimsSet right;
    private RSAKey key;

    @BeforeEach
    void signIn() throws Exception {
        var account = server.account(server.owner(), "super-admin");
        var login = PersonClient.login(server.node(), account.username(), People.PASSWORD);
        right = SignedJWT.parse(login.text("data", "token")).getJWTClaimsSet();
        key = serverKey();
    }

    private RSAKey serverKey() {
        return server.with(connection -> {
            try (var query =
                            connection.prepareStatement(
                                    "select id, sealed, pepper_id from signing_key"
                                            + " where signs_from <= coffer_now()"
                                            + " order by signs_from desc limit 1");
                    var rows = query.executeQuery()) {
                rows.next();
                return ServerKey.open(
                        server.instance().settings().get("coffer.keys.pepper.k1"),
                        rows.getString(1),
                        rows.getBytes(2),
                        rows.getString(3));
            }
        });
    }

    private String signed(UnaryOperator<JWTClaimsSet.Builder> change) throws Exception {
        var token =
                new SignedJWT(
                        header(key.getKeyID()),
                        change.apply(new JWTClaimsSet.Builder(right)).build());
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    private static JWSHeader header(String keyId) {
        return new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID(keyId)
                .type(JOSEObjectType.JWT)
                .build();
    }

    private PersonClient.Answer me(String token) {
        return PersonClient.bearer(server.node(), token).get("/api/me");
    }

    private void assertRefused(String token) {
        var answer = me(token);
        assertThat(answer.status()).as(answer.body()).isEqualTo(401);
        assertThat(answer.message()).isEqualTo("invalid token");
        assertThat(answer.header("WWW-Authenticate").orElse("")).startsWith("Bearer");
        assertThat(answer.header("Content-Type")).contains("application/json");
    }

    @Test
    void the_same_claims_signed_again_are_right() throws Exception {
        assertThat(me(signed(claims -> claims)).status()).isEqualTo(200);
    }

    @Test
    void another_issuer_is_refused() throws Exception {
        assertRefused(signed(claims -> claims.issuer("someone")));
        assertRefused(signed(claims -> claims.issuer(null)));
    }

    @Test
    void another_audience_is_refused() throws Exception {
        assertRefused(signed(claims -> claims.audience("someone")));
        assertRefused(signed(claims -> claims.audience(List.of())));
    }

    @Test
    void an_expired_one_is_refused() throws Exception {
        var past = Instant.now().minusSeconds(60);
        assertRefused(
                signed(claims ->
                        claims.issueTime(Date.from(past.minusSeconds(60)))
                                .expirationTime(Date.from(past))));
        assertRefused(signed(claims -> claims.expirationTime(null)));
    }

    @Test
    void one_without_subject_or_session_is_refused() throws Exception {
        assertRefused(signed(claims -> claims.subject(null).claim("upn", null)));
        assertRefused(signed(claims -> claims.subject(UUID.randomUUID().toString())));
        assertRefused(signed(claims -> claims.claim("sid", null)));
        assertRefused(signed(claims -> claims.claim("sid", UUID.randomUUID().toString())));
    }

    @Test
    void another_accounts_session_is_refused() throws Exception {
        var other = server.account(server.owner(), "super-admin");

        assertRefused(signed(claims -> claims.subject(other.id().toString())));
    }

    @Test
    void another_key_is_refused_under_our_keys_name_and_under_its_own() throws Exception {
        var theirs = TestProvider.key("theirs");
        for (var name : List.of(key.getKeyID(), "theirs")) {
            var token = new SignedJWT(header(name), right);
            token.sign(new RSASSASigner(theirs));

            assertRefused(token.serialize());
        }
    }

    @Test
    void a_key_that_the_token_brings_along_is_not_used() throws Exception {
        var theirs = TestProvider.key(key.getKeyID());
        var token =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                .keyID(key.getKeyID())
                                .jwk(theirs.toPublicJWK())
                                .build(),
                        right);
        token.sign(new RSASSASigner(theirs));

        assertRefused(token.serialize());
    }

    @Test
    void no_algorithm_is_refused() {
        assertRefused(new PlainJWT(right).serialize());
        var unsigned =
                java.util.Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(
                                ("{\"alg\":\"none\",\"kid\":\"" + key.getKeyID() + "\"}")
                                        .getBytes(StandardCharsets.UTF_8));
        assertRefused(unsigned + "." + right.toPayload().toBase64URL() + ".");
    }

    @Test
    void the_public_key_is_no_secret_to_sign_with() throws Exception {
        for (var secret :
                List.of(
                        key.toRSAPublicKey().getEncoded(),
                        key.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8))) {
            var token =
                    new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.HS256)
                                    .keyID(key.getKeyID())
                                    .type(JOSEObjectType.JWT)
                                    .build(),
                            right);
            token.sign(new MACSigner(secret));

            assertRefused(token.serialize());
        }
    }

    @Test
    void a_changed_claim_or_signature_is_refused() throws Exception {
        var token = signed(claims -> claims).split("\\.", -1);
        var other = signed(claims -> claims.claim("groups", List.of("admin"))).split("\\.", -1);

        assertRefused(token[0] + "." + other[1] + "." + token[2]);
        assertRefused(token[0] + "." + token[1] + ".");
        assertRefused(token[0] + "." + token[1] + "." + token[2].replaceAll("^....", "AAAA"));
        assertRefused("x".repeat(8_000));
    }

    @Test
    void a_new_key_signs_when_every_node_knows_it_and_the_old_one_goes_on_for_a_while()
            throws Exception {
        // A successor that another test's time has made due is made now, and signs minutes later.
        after(
                "the newest key signs",
                () -> {
                    server.advance(Duration.ofMinutes(1));
                    return keyOfANewToken().equals(newestKey());
                });
        signIn();
        var oldToken = signed(claims -> claims);
        var before = keys();
        server.advance(Duration.ofDays(91));
        server.sql(
                "update person_session set expires_at = coffer_now() + interval '7 days' where id ="
                        + " '"
                        + right.getStringClaim("sid")
                        + "'");

        after("a successor was made", () -> keys() == before + 1);

        assertThat(keyOfANewToken()).isEqualTo(key.getKeyID());

        server.advance(Duration.ofMinutes(3));
        after("the successor signs", () -> !keyOfANewToken().equals(key.getKeyID()));

        assertThat(me(oldToken).status()).isEqualTo(200);

        server.advance(Duration.ofMinutes(30));
        after("the old key is gone", () -> me(oldToken).status() == 401);
    }

    /** A key that nobody knows makes the node look into the catalogue, at most once a second. */
    private void after(String what, Callable<Boolean> condition) throws Exception {
        var unknown = new SignedJWT(header("unknown"), right);
        unknown.sign(new RSASSASigner(key));
        Wait.until(
                what,
                Duration.ofSeconds(120),
                () -> {
                    me(unknown.serialize());
                    return condition.call();
                });
    }

    private String newestKey() {
        return server.text("select id from signing_key order by signs_from desc, id limit 1");
    }

    private long keys() {
        return Long.parseLong(server.text("select count(*) from signing_key"));
    }

    private String keyOfANewToken() throws Exception {
        var account = server.account(server.owner(), "reader");
        var login = PersonClient.login(server.node(), account.username(), People.PASSWORD);
        return SignedJWT.parse(login.text("data", "token")).getHeader().getKeyID();
    }
}
