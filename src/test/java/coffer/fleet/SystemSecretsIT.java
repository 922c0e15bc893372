package coffer.fleet;

import static coffer.fleet.OrganizationBed.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.Wait;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/** Secrets rotated with an overlap, and re-issued to replacement hardware. */
class SystemSecretsIT extends SystemBed {

    @Test
    void an_overlap_lets_both_secrets_in_and_ends_on_time() {
        var made = create(one, "fw");
        register(made);
        var old = client(made);

        var rotated =
                admin.post(
                        "/systems/" + id(made) + "/regenerate-secret",
                        "{\"overlap_seconds\": 600}");
        var renewed = client(rotated);
        var during = List.of(old.list().status(), renewed.list().status());
        site.advance(Duration.ofSeconds(601));
        Wait.until(
                "the old secret ended", Duration.ofSeconds(60), () -> old.list().status() == 401);
        var after = renewed.list();
        var atOnce = admin.post("/systems/" + id(made) + "/regenerate-secret", "{}");

        assertThat(during).containsExactly(200, 200);
        assertThat(after.status()).isEqualTo(200);
        assertThat(renewed.list().status()).isEqualTo(401);
        assertThat(client(atOnce).list().status()).isEqualTo(200);
    }

    @Test
    void a_reissued_secret_registers_once_and_ends_the_old_one() {
        var made = create(one, "fw");
        register(made);
        var old = client(made);
        old.upload(bytes(1_000, 1), "a.bin");

        var reissued = admin.post("/systems/" + id(made) + "/reissue", null);
        var replacement = client(reissued);
        var before = List.of(old.list().status(), replacement.list().status());
        var registered = register(reissued);
        var after = List.of(old.list().status(), replacement.list().status());
        var again = register(reissued);

        assertThat(before).containsExactly(200, 401);
        assertThat(registered.status()).as(registered.toString()).isEqualTo(200);
        assertThat(registered.data().path("system_key").asText()).isEqualTo(key(made));
        assertThat(after).containsExactly(401, 200);
        assertThat(replacement.ids()).hasSize(1);
        assertThat(again.status()).isEqualTo(409);
    }
}
