package coffer.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.platform.SettingsProblem;
import coffer.platform.SettingsReader;

import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

class StorageSettingsTest {

    private static final String GROUP = "coffer.destination.primary.";
    private static final Map<String, String> SHARED =
            Map.of(GROUP + "access-key", "a", GROUP + "secret-key", "s");

    @Test
    void one_pair_serves_all_three() {
        var store = read(SHARED).destinations().get("primary");

        assertThat(store.writer()).isEqualTo(store.reader()).isEqualTo(store.eraser()).isPresent();
    }

    @Test
    void an_own_pair_goes_before_the_shared_one() {
        var settings =
                with(SHARED, GROUP + "writer.access-key", "w", GROUP + "writer.secret-key", "ws");

        var store = read(settings).destinations().get("primary");

        assertThat(store.writer().orElseThrow().accessKey()).isEqualTo("w");
        assertThat(store.reader().orElseThrow().accessKey()).isEqualTo("a");
    }

    @Test
    void a_node_that_only_ingests_needs_and_takes_the_writers_key_alone() {
        var settings =
                Map.of(
                        "coffer.node.roles",
                        "ingest",
                        GROUP + "writer.access-key",
                        "w",
                        GROUP + "writer.secret-key",
                        "ws",
                        GROUP + "eraser.access-key",
                        "e",
                        GROUP + "eraser.secret-key",
                        "es");

        var store = read(settings).destinations().get("primary");

        assertThat(store.writer()).isPresent();
        assertThat(store.reader()).isEmpty();
        assertThat(store.eraser()).isEmpty();
    }

    @Test
    void a_role_without_its_key_stops_the_start_and_names_the_key() {
        var settings = Map.of(GROUP + "writer.access-key", "w", GROUP + "writer.secret-key", "ws");

        assertThatThrownBy(() -> read(settings))
                .isInstanceOf(SettingsProblem.class)
                .hasMessageContaining(GROUP + "reader.access-key");
    }

    @Test
    void half_a_pair_stops_the_start() {
        assertThatThrownBy(() -> read(Map.of(GROUP + "access-key", "a")))
                .isInstanceOf(SettingsProblem.class)
                .hasMessageContaining("secret-key");
    }

    @ParameterizedTest
    @CsvSource({
        "coffer.destination.primary.endpoint, not-an-address",
        "coffer.destination.primary.bucket, UPPER",
        "coffer.destination.primary.bucket, x",
        "coffer.destination.primary.path-style, perhaps",
        "coffer.destinations, Primary",
        "coffer.destinations, other",
        "coffer.storage.connections, 0",
        "coffer.storage.attempts, 11",
        "coffer.storage.answer-timeout, 1h",
        "coffer.storage.signed-payload, 1GiB",
        "coffer.node.roles, everything"
    })
    void nonsense_stops_the_start(String key, String value) {
        assertThatThrownBy(() -> read(with(SHARED, key, value)))
                .isInstanceOf(SettingsProblem.class);
    }

    @Test
    void a_secret_prints_as_stars() {
        assertThat(read(with(SHARED, GROUP + "secret-key", "do-not-show")).toString())
                .doesNotContain("do-not-show")
                .contains("****");
    }

    private static StorageSettings read(Map<String, String> values) {
        return StorageSettings.read(new SettingsReader(config(values)));
    }

    private static Map<String, String> with(Map<String, String> values, String... more) {
        var all = new HashMap<>(values);
        for (var i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }

    /** The one method of the interface that the reader uses. */
    private static Config config(Map<String, String> values) {
        return (Config)
                Proxy.newProxyInstance(
                        Config.class.getClassLoader(),
                        new Class<?>[] {Config.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("getOptionalValue")) {
                                return Optional.ofNullable(values.get((String) arguments[0]));
                            }
                            throw new UnsupportedOperationException(method.getName());
                        });
    }
}
