package coffer.people;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.People;
import coffer.launch.PersonClient;
import coffer.launch.PersonClient.Answer;

import com.nimbusds.jwt.JWTClaimsSet;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;

/** ID tokens of a provider, whose signer is this test, exchanged for sessions. */
class ProviderIT {

    private final PeopleServer server = PeopleServer.shared();
    private final String subject = UUID.randomUUID().toString();
    private People.Account account;

    @BeforeEach
    void link() {
        account = server.account(server.owner(), "reader");
        var answer =
                server.person(server.owner(), "admin")
                        .put(
                                "/api/users/" + account.id(),
                                "{\"identity\":{\"issuer\":\"%s\",\"subject\":\"%s\"}}"
                                        .formatted(TestProvider.ISSUER, subject));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private Answer exchange(String token) {
        return PersonClient.anonymous(server.node())
                .post("/api/auth/oidc", "{\"id_token\":\"" + token + "\"}");
    }

    private void assertRefused(JWTClaimsSet.Builder claims) {
        var answer = exchange(server.provider().sign(claims));
        assertThat(answer.status()).as(answer.body()).isEqualTo(401);
        assertThat(answer.message()).isEqualTo("invalid token");
    }

    @Test
    void whoever_the_provider_names_is_signed_in_with_our_roles() {
        var answer = exchange(server.provider().sign(TestProvider.claims(subject)));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        var me = PersonClient.bearer(server.node(), answer.text("data", "token")).get("/api/me");
        assertThat(me.text("data", "user", "id")).isEqualTo(account.id().toString());
        assertThat(me.body()).contains("\"roles\":[\"reader\"]");
    }

    @Test
    void a_token_that_is_wrong_in_one_thing_is_refused() {
        var past = Instant.now().minusSeconds(3_600);
        assertRefused(TestProvider.claims("somebody else"));
        assertRefused(TestProvider.claims(subject).issuer("https://elsewhere.example.org"));
        assertRefused(TestProvider.claims(subject).audience("another client"));
        assertRefused(TestProvider.claims(subject).audience(List.of(TestProvider.AUDIENCE, "b")));
        assertRefused(TestProvider.claims(subject).claim("azp", "another client"));
        assertRefused(TestProvider.claims(subject).expirationTime(Date.from(past)));
        assertRefused(TestProvider.claims(subject).issueTime(Date.from(past)));
        assertRefused(TestProvider.claims(subject).issueTime(null));
        assertThat(
                        exchange(
                                        TestProvider.sign(
                                                TestProvider.claims(subject),
                                                TestProvider.key("provider-1")))
                                .status())
                .isEqualTo(401);
        assertThat(exchange("nonsense").status()).isEqualTo(401);
    }

    @Test
    void the_providers_token_itself_opens_nothing() {
        var token = server.provider().sign(TestProvider.claims(subject));

        assertThat(PersonClient.bearer(server.node(), token).get("/api/me").status())
                .isEqualTo(401);
    }
}
