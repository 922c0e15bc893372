package coffer.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.ApplianceClient;
import coffer.launch.Seed;
import coffer.launch.TestSite;
import coffer.launch.Wait;

import org.junit.jupiter.api.Test;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;

/** How a system of the installed base comes to a credential of ours, and its old pair ends. */
class CredentialsIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final TestSite site = TestSite.shared();
    private final OldClient client = OldClient.of(site);

    private ApplianceClient old() {
        return site.client(client.system()).withAuthorization(client.basic());
    }

    private ApplianceClient.Answer ask() {
        return old().below("").send("GET", "/proxy/credentials", BodyPublishers.noBody());
    }

    private ApplianceClient with(String secret) {
        return site.client(new Seed.Firewall(client.system().id(), client.system().key(), secret));
    }

    private static int info(ApplianceClient caller) {
        return caller.send("GET", "/systems/info", BodyPublishers.noBody()).status();
    }

    private static String secret(ApplianceClient.Answer answer) {
        return answer.data().path("system_secret").asText();
    }

    @Test
    void each_call_mints_the_first_use_confirms_and_the_others_end() {
        var first = ask();
        var second = ask();
        var third = ask();

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.header("Cache-Control")).isEqualTo("no-store");
        assertThat(first.data().path("system_key").asText()).isEqualTo(client.system().key());
        assertThat(secret(first)).matches("cof_[0-9a-f]{20}\\.[0-9a-f]{40}");
        assertThat(secret(second)).isNotEqualTo(secret(first));

        assertThat(info(with(secret(second)))).isEqualTo(200);

        assertThat(info(with(secret(second)))).isEqualTo(200);
        assertThat(info(with(secret(first)))).isEqualTo(401);
        assertThat(info(with(secret(third)))).isEqualTo(401);
        assertThat(info(with(client.system().secret()))).isEqualTo(200);
    }

    @Test
    void who_asks_once_more_after_that_gets_a_409_and_people_are_told() {
        info(with(secret(ask())));

        var again = ask();

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.data().path("type").asText()).isEqualTo("credentials_confirmed");
        assertThat(
                        site.number(
                                "select count(*) from alert where resolved_at is null and code ="
                                        + " 'legacy.credentials-asked-again' and subject = 'system:"
                                        + client.system().id()
                                        + "'"))
                .isOne();
    }

    @Test
    void the_old_pair_works_everywhere_until_the_grace_is_over() {
        assertThat(info(old())).isEqualTo(200);
        info(with(secret(ask())));

        assertThat(info(old())).isEqualTo(200);
        assertThat(
                        site.number(
                                "select cast(extract(epoch from ends_at - confirmed_at) as bigint)"
                                        + " from legacy_pair where legacy_id = '"
                                        + client.id()
                                        + "'"))
                .isEqualTo(Duration.ofDays(30).toSeconds());

        site.sql(
                "update legacy_pair set ends_at = coffer_now() where legacy_id = '"
                        + client.id()
                        + "'");

        Wait.until("the pair has ended", SOON, () -> info(old()) == 401);
        assertThat(
                        old().below("")
                                .send("GET", "/enterprise/api/v2/backup", BodyPublishers.noBody())
                                .status())
                .isEqualTo(401);
        assertThat(client.tokenHeartbeat("/isa/heartbeats/store").output())
                .contains("invalid system credentials");
    }

    @Test
    void the_native_secret_asks_in_vain() {
        var answer =
                site.client(client.system())
                        .below("")
                        .send("GET", "/proxy/credentials", BodyPublishers.noBody());

        assertThat(answer.status()).isEqualTo(409);
    }

    @Test
    void a_client_that_keeps_asking_leaves_ten_pending_secrets() {
        var first = secret(ask());
        for (var i = 0; i < 12; i++) {
            ask();
        }

        assertThat(
                        site.number(
                                "select count(*) from appliance_secret where pending and ended_at"
                                        + " is null and appliance_id = '"
                                        + client.system().id()
                                        + "'"))
                .isEqualTo(10);
        assertThat(info(with(first))).isEqualTo(401);
    }

    @Test
    void a_suspended_system_or_organization_ends_the_old_pair_too() {
        var suspended = OldClient.of(site);
        site.sql(
                "update appliance set suspended_at = coffer_now() where id = '"
                        + suspended.system().id()
                        + "'");
        var orphan = OldClient.of(site);
        site.sql(
                "update organization set deleted_at = coffer_now() where id = (select"
                        + " organization_id from appliance where id = '"
                        + orphan.system().id()
                        + "')");

        assertThat(suspended.tokenHeartbeat("/isa/heartbeats/store").output())
                .contains("invalid system credentials");
        assertThat(info(site.client(orphan.system()).withAuthorization(orphan.basic())))
                .isEqualTo(401);
    }

    @Test
    void confirming_is_audited_with_what_follows_from_it() {
        info(with(secret(ask())));

        assertThat(
                        site.text(
                                "select string_agg(action, ' ' order by at, id) from audit_entry"
                                        + " where subject = 'system:"
                                        + client.system().id()
                                        + "'"))
                .isEqualTo("secret.minted legacy.grace_began secret.confirmed");
    }
}
