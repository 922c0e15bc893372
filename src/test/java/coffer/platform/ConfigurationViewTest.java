package coffer.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.regex.Pattern;

class ConfigurationViewTest {

    @Test
    void what_is_a_secret_or_carries_one_is_stars() {
        var config =
                new FixedConfig(
                        Map.of(
                                "coffer.view.secret", "hidden-1",
                                "coffer.view.access-key", "hidden-2",
                                "coffer.view.address", "redis://someone:hidden-3@cache:6379/0",
                                "coffer.view.database",
                                        "jdbc:postgresql://db/x?password=hidden-4&ssl=true",
                                "coffer.view.plain", "shown"));
        var reader = new SettingsReader(config);
        reader.secret("coffer.view.secret");
        reader.optional("coffer.view.access-key");
        reader.optional("coffer.view.address");
        reader.optional("coffer.view.database");
        reader.text("coffer.view.plain", "-", Pattern.compile(".*"));

        var lines =
                new ConfigurationView(config)
                        .lines().stream()
                                .filter(line -> line.name().startsWith("coffer.view."))
                                .toList();

        assertThat(lines).hasSize(5);
        assertThat(lines.toString())
                .doesNotContain("hidden", "someone")
                .contains("shown", "cache:6379", "ssl=true", ConfigurationView.STARS);
        assertThat(lines).allMatch(ConfigurationView.Line::given);
    }
}
