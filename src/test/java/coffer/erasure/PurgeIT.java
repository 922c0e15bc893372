package coffer.erasure;

import static coffer.erasure.PurgeSite.PATIENCE;
import static coffer.launch.Bodies.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.erasure.PurgeSite.Answer;
import coffer.launch.FaultProxy.Fault;
import coffer.launch.RawHttp;
import coffer.launch.Seed;
import coffer.launch.Wait;
import coffer.storage.EmbeddedStore;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** Erasures by law on a running node, with a store that fails, hangs and is away. */
class PurgeIT {

    private static PurgeSite purges;

    @TempDir private Path folder;

    /** Erasures of which nothing is expected but that they end; they wait side by side. */
    private static Seed.Firewall filled;

    private static Answer destroyed;
    private static Seed.Firewall restored;
    private static OlderDatabase older;
    private static String first;

    @BeforeAll
    static void open() throws Exception {
        purges = PurgeSite.shared();
        filled = purges.systemWithBackups(3);
        Vault.fill(purges, filled.id());
        purges.delete(filled);
        restored = purges.systemWithBackups(2);
        older = OlderDatabase.save(purges.site, restored);
        destroyed = purges.destroy(filled);
        first = purges.purge(restored);
    }

    @AfterEach
    void let_the_store_be() {
        purges.site.store().pass();
    }

    @AfterAll
    static void catalogue_and_store_agree() {
        purges.site.checkSettled();
    }

    @Test
    void a_deleted_system_is_erased_to_nothing_everywhere_and_the_receipt_proves_it()
            throws Exception {
        var again = purges.destroy(filled);
        var receipt = purges.receipt(destroyed.data().path("purge_id").asText());

        assertThat(destroyed.status()).isEqualTo(202);
        assertThat(again.data()).isEqualTo(destroyed.data());
        assertThat(purges.inPrimary(filled.id())).isEmpty();
        assertThat(Vault.left(purges, filled.id())).isEmpty();
        assertThat(purges.traces(filled.id())).isEmpty();
        assertThat(
                        purges.site.number(
                                "select count(*) from audit_entry where subject = 'system:"
                                        + filled.id()
                                        + "'"))
                .as("entries stay, without their details")
                .isPositive();
        assertThat(receipt.path("erased").path("objects").asLong()).isEqualTo(3);
        assertThat(receipt.path("erased").path("found.versions").asLong()).isEqualTo(3);
        assertThat(receipt.path("erased").path("found.delete_markers").asLong()).isEqualTo(1);
        assertThat(receipt.path("destinations")).hasSize(2);
        assertThat(Vault.logged(purges, receipt)).isTrue();
        ReceiptProof.check(purges, receipt, folder);
    }

    @Test
    void only_what_is_deleted_is_erased_and_only_by_those_above() {
        var customer = purges.site.customer();
        var other = purges.site.customer();
        var system = purges.site.system(customer);
        var path = "/api/systems/" + system.id() + "/destroy";

        assertThat(purges.destroy(system).message()).isEqualTo("system is not deleted");
        assertThat(purges.call(purges.path(other), "DELETE", path).message())
                .isEqualTo("access denied to system");
        assertThat(
                        purges.call(
                                        purges.path(customer),
                                        "DELETE",
                                        "/api/organizations/" + customer + "/destroy")
                                .message())
                .isEqualTo("access denied to organization");
        assertThat(
                        purges.call(
                                        purges.owner(),
                                        "DELETE",
                                        "/api/systems/" + UUID.randomUUID() + "/destroy")
                                .message())
                .isEqualTo("system not found");
        purges.delete(system);
        var purge = purges.destroy(system).data().path("purge_id").asText();
        assertThat(
                        purges.call(
                                        purges.owner(),
                                        "GET",
                                        "/api/purges/" + purge,
                                        Map.of("without", "SYSTEMS_DESTROY"))
                                .message())
                .isEqualTo("insufficient permissions");
        assertThat(purges.call(purges.path(other), "GET", "/api/purges/" + purge).message())
                .isEqualTo("access denied to purge");
        purges.receipt(purge);
        assertThat(purges.call(purges.owner(), "GET", "/api/purges/none").message())
                .isEqualTo("purge not found");
    }

    @Test
    void an_organization_goes_with_all_below_it_though_the_store_fails_every_tenth_delete() {
        var reseller = purges.organization("reseller", purges.owner().getLast());
        var customer = purges.organization("customer", reseller);
        var inPrimary = purges.primary();
        try (var primary = EmbeddedStore.admin(inPrimary)) {
            for (var i = 0; i < 12; i++) {
                var system = purges.site.system(i % 2 == 0 ? reseller : customer);
                assertThat(purges.site.client(system).upload(bytes(500, i), "b.bin").status())
                        .isEqualTo(201);
                Vault.stray(purges, primary, inPrimary.bucket(), system.id());
                Vault.stray(purges, purges.vault, purges.bucket, system.id());
            }
        }
        purges.site.sql(
                "update organization set deleted_at = coffer_now() where id = '" + reseller + "'");
        purges.site
                .store()
                .fail(Fault.COMMIT_THEN_500, seen -> seen.operation().startsWith("Delete"), 10, 7);

        var answer =
                purges.call(
                        purges.owner(), "DELETE", "/api/organizations/" + reseller + "/destroy");
        var receipt = purges.receipt(answer.data().path("purge_id").asText());

        assertThat(receipt.path("systems")).hasSize(12);
        assertThat(receipt.path("organizations")).hasSize(2);
        assertThat(receipt.path("erased").path("rows.organization").asLong()).isEqualTo(2);
        for (var system : receipt.path("systems")) {
            var id = UUID.fromString(system.asText());
            assertThat(purges.inPrimary(id)).isEmpty();
            assertThat(Vault.left(purges, id)).isEmpty();
            assertThat(purges.traces(id)).isEmpty();
        }
    }

    @Test
    void an_upload_under_way_is_refused_at_its_seal_and_leaves_nothing() throws Exception {
        var system = purges.systemWithBackups(1);
        try (var raw = RawHttp.to(purges.site.node().uri())) {
            raw.send(RawHttp.uploadHead(system, "Content-Length: 400000")).send(bytes(200_000, 1));
            Wait.until(
                    "the upload is admitted",
                    PATIENCE,
                    () -> purges.site.number("select count(*) from reservation") == 1);
            var purge = purges.purge(system);
            Wait.until(
                    "the freeze has begun",
                    PATIENCE,
                    () -> purges.site.number("select count(*) from reservation") == 0);

            raw.send(bytes(200_000, 2));
            var refused = raw.answer();

            assertThat(refused).isNotNull();
            assertThat(refused.status()).isEqualTo(503);
            assertThat(purges.get(purge).path("state").asText()).isEqualTo("pending");
            purges.site.advance(Duration.ofMinutes(3)); // the lease that the upload had
            purges.receipt(purge);
        }
        assertThat(purges.inPrimary(system.id())).isEmpty();
    }

    @Test
    void a_store_that_is_away_leaves_it_pending_with_the_reason_until_it_is_back() {
        var system = purges.systemWithBackups(2);
        purges.site.store().away();

        var purge = purges.purge(system);
        purges.awaitReason(purge, "primary: ");
        var pending = purges.get(purge);

        assertThat(pending.path("state").asText()).isEqualTo("pending");
        assertThat(pending.path("retry_at").asText()).isNotEmpty();
        assertThat(
                        purges.call(purges.owner(), "GET", "/api/purges/" + purge + "/receipt")
                                .message())
                .isEqualTo("purge is not done");
        purges.site.store().pass();
        purges.receipt(purge);
        assertThat(purges.inPrimary(system.id())).isEmpty();
        assertThat(
                        purges.site.number(
                                "select count(*) from alert where code = 'purge.blocked' and subject = 'purge:"
                                        + purge
                                        + "' and resolved_at is not null"))
                .isEqualTo(1);
    }

    @Test
    void a_legal_hold_above_refuses_it() {
        var customer = purges.site.customer();
        var system = purges.site.system(customer);
        purges.delete(system);
        var hold = purges.hold(customer);

        var refused = purges.destroy(system);
        purges.lift(hold);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.message()).isEqualTo("a legal hold stands in the way");
        purges.receipt(purges.purge(system));
    }

    @Test
    void a_legal_hold_that_comes_later_stops_it_until_it_is_lifted() {
        var customer = purges.site.customer();
        var system = purges.site.system(customer);
        var client = purges.site.client(system);
        assertThat(client.upload(bytes(1_000, 9), "held.bin").status()).isEqualTo(201);
        purges.site.store().fault(Fault.ANSWER_500, "DeleteObjects");
        var purge = purges.purge(system);
        purges.awaitReason(purge, "primary: ");

        var hold = purges.hold(customer);
        purges.awaitReason(purge, "legal hold");
        purges.site.store().pass();
        var looked = purges.get(purge).path("retry_at").asText();
        Wait.until(
                "it was looked at again",
                PATIENCE,
                () -> !purges.get(purge).path("retry_at").asText().equals(looked));

        assertThat(purges.inPrimary(system.id())).hasSize(1);
        purges.lift(hold);
        purges.receipt(purge);
        assertThat(purges.inPrimary(system.id())).isEmpty();
    }

    @Test
    void what_a_restored_database_has_again_is_erased_again() throws Exception {
        var before = purges.receipt(first);
        var id = before.path("purge_id").asText();
        older.restore(id);
        var damaged = purges.logEntry(new UUID(0, 1), "{\"format\": \"coffer.erasure-log/1\"}");

        purges.run("erasure-replay");
        Wait.until(
                "it is taken up again",
                PATIENCE,
                () ->
                        purges.site.number("select count(*) from purge where id = '" + id + "'")
                                == 1);
        Wait.until(
                "what it could not read has failed it",
                PATIENCE,
                () ->
                        purges.text(
                                        "select state from job_run where job = 'erasure-replay'"
                                                + " order by requested_at desc limit 1")
                                .equals("failed"));
        Files.delete(damaged);
        var after = purges.receipt(id);

        assertThat(after.path("replayed").asBoolean()).isTrue();
        assertThat(after.path("requested_at")).isEqualTo(before.path("requested_at"));
        assertThat(purges.traces(restored.id())).isEmpty();
    }
}
