package coffer.storage;

import static coffer.launch.Bodies.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.TestSite;
import coffer.launch.Wait;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What health and gauges say of a store that is there, goes, and comes back. */
class StorageHealthIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final TestSite site = TestSite.shared();

    @BeforeEach
    @AfterEach
    void the_store_is_back() {
        site.store().pass();
        Wait.until(
                "the store is back", PATIENCE, () -> up() == 1 && probeOk("conditional_put") == 1);
    }

    @Test
    void a_store_that_goes_is_told_and_takes_no_node_out_of_service() {
        assertThat(text("/health/ready")).contains("\"primary\":\"up\"");
        assertThat(up()).isEqualTo(1);
        assertThat(probeOk("conditional_put")).isEqualTo(1);
        assertThat(probeOk("versioning")).isZero();

        site.store().away();
        assertThat(site.client().upload(bytes(1_000, 1), "fw.gpg").status()).isEqualTo(503);

        Wait.until("the gauge has fallen", PATIENCE, () -> up() == 0);
        assertThat(site.node().status("/health/ready")).isEqualTo(200);
        assertThat(text("/health/ready")).contains("\"primary\":\"away\"", "\"primary.cause\":");
        assertThat(site.client().list().status()).isEqualTo(200);
    }

    private double up() {
        return gauge("coffer_storage_up{destination=\"primary\"");
    }

    private double probeOk(String capability) {
        return gauge("coffer_storage_probe_ok{capability=\"" + capability + "\"");
    }

    private double gauge(String beginning) {
        return text("/metrics")
                .lines()
                .filter(line -> line.startsWith(beginning))
                .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }

    private String text(String path) {
        try (var in = site.node().uri(path).toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
