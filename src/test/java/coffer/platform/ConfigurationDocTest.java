package coffer.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Holds the two pages configuration.md against the settings records. To write the tables anew:
 * {@code ./mvnw test -Dtest=ConfigurationDocTest -Dcoffer.doc.write=true}.
 */
class ConfigurationDocTest {

    private static final List<String> LANGUAGES = List.of("en", "it");
    private static final Path SERVER = Path.of("src/main/liberty/config/server.xml");
    private static final String BEGIN = "<!-- generated: begin -->";
    private static final String END = "<!-- generated: end -->";
    private static final Pattern NAMED = Pattern.compile("setting (\\S+) is not set");

    private static final Map<String, String> KEYS_FOR_ALL_OF_A_DESTINATION =
            Map.of(
                    "coffer.destination.primary.access-key", "x",
                    "coffer.destination.primary.secret-key", "x");

    /** What the reader says of a setting in words. */
    private static final Map<String, String> ITALIAN =
            Map.ofEntries(
                    Map.entry("text", "testo"),
                    Map.entry("size", "grandezza"),
                    Map.entry("duration", "durata"),
                    Map.entry("number", "numero"),
                    Map.entry("word", "parola"),
                    Map.entry("words", "parole"),
                    Map.entry("flag", "sì o no"),
                    Map.entry("address", "indirizzo"),
                    Map.entry("secret", "segreto"),
                    Map.entry("any", "qualunque"),
                    Map.entry("required", "obbligatorio"),
                    Map.entry("empty", "vuoto"),
                    Map.entry("comma-separated", "separati da virgole"),
                    Map.entry(
                            "an absolute http or https address",
                            "un indirizzo http o https assoluto"));

    private static List<Class<?>> settings;
    private static Map<String, SettingsReader.Key> keys;

    @BeforeAll
    static void read_every_settings_record() throws Exception {
        settings = new ArrayList<>();
        keys = new TreeMap<>();
        for (var found : production()) {
            settings.add(found.reflect());
        }
        for (var type : settings) {
            for (var key : keysOf(type)) {
                keys.putIfAbsent(key.name(), key);
            }
        }
        if (Boolean.getBoolean("coffer.doc.write")) {
            for (var language : LANGUAGES) {
                var doc = Files.readString(doc(language));
                Files.writeString(
                        doc(language),
                        doc.substring(0, doc.indexOf(BEGIN) + BEGIN.length())
                                + "\n"
                                + tables(language)
                                + doc.substring(doc.indexOf(END)));
            }
        }
    }

    @Test
    void both_documents_have_every_key_with_type_default_and_allowed_values() throws IOException {
        for (var language : LANGUAGES) {
            var doc = Files.readString(doc(language));

            var generated =
                    doc.substring(doc.indexOf(BEGIN) + BEGIN.length() + 1, doc.indexOf(END));

            assertThat(generated)
                    .as("write it anew with -Dcoffer.doc.write=true")
                    .isEqualTo(tables(language));
        }
    }

    @Test
    void every_key_has_a_meaning_in_both_languages() throws IOException {
        for (var language : LANGUAGES) {
            assertThat(meanings(language).stringPropertyNames())
                    .as(language)
                    .containsAll(keys.keySet());
        }
    }

    @Test
    void every_variable_of_the_server_is_documented() throws IOException {
        var english = Files.readString(doc("en"));
        var italian = Files.readString(doc("it"));

        var variables =
                Pattern.compile("\\$\\{(coffer\\.[a-z.-]+)}")
                        .matcher(Files.readString(SERVER))
                        .results()
                        .map(found -> found.group(1))
                        .distinct()
                        .toList();

        assertThat(variables)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(english).contains("`" + name + "`"))
                .allSatisfy(name -> assertThat(italian).contains("`" + name + "`"));
    }

    @Test
    void settings_are_found() {
        assertThat(settings).contains(NodeSettings.class, KeySettings.class);
    }

    private static List<JavaClass> production() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("coffer")
                        .stream()
                        .filter(type -> type.isAssignableTo(Settings.class) && !type.isInterface())
                        .sorted(java.util.Comparator.comparing(JavaClass::getName))
                        .toList();
    }

    /** Reads with nothing set; gives what is required and tries again. */
    private static List<SettingsReader.Key> keysOf(Class<?> type) throws Exception {
        var given = new HashMap<>(KEYS_FOR_ALL_OF_A_DESTINATION);
        for (var attempt = 0; attempt < 30; attempt++) {
            var reader = new SettingsReader(new FixedConfig(given));
            try {
                var read = type.getDeclaredMethod("read", SettingsReader.class);
                read.setAccessible(true);
                read.invoke(null, reader);
                return reader.keys();
            } catch (InvocationTargetException thrown) {
                given.put(missing(thrown), "x".repeat(40));
            }
        }
        throw new AssertionError(type + " cannot be read with " + given.keySet());
    }

    private static String missing(InvocationTargetException thrown) {
        var matcher = NAMED.matcher(String.valueOf(thrown.getCause().getMessage()));
        if (!matcher.find()) {
            throw new AssertionError(thrown.getCause());
        }
        return matcher.group(1);
    }

    private static Path doc(String language) {
        return Path.of("docs", language, "configuration.md");
    }

    private static String tables(String language) throws IOException {
        var meanings = meanings(language);
        var components = new LinkedHashMap<String, StringBuilder>();
        for (var key : keys.values()) {
            components
                    .computeIfAbsent(key.name().split("\\.")[1], name -> table(language, name))
                    .append(
                            "| `%s` | %s | %s | %s | %s |\n"
                                    .formatted(
                                            key.name(),
                                            said(language, key.type()),
                                            said(language, code(key.fallback())),
                                            said(language, key.allowed()).replace("|", "\\|"),
                                            meanings.getProperty(key.name(), "")));
        }
        return String.join("", components.values());
    }

    /** In Italian where it is prose; patterns and names are the same in every language. */
    private static String said(String language, String text) {
        return language.equals("en")
                ? text
                : ITALIAN.getOrDefault(text, text).replaceFirst("^(\\S+) to (\\S+)$", "da $1 a $2");
    }

    private static StringBuilder table(String language, String component) {
        return new StringBuilder("\n## ")
                .append(component)
                .append(
                        "\n\n"
                                + (language.equals("en")
                                        ? "| key | type | default | allowed | meaning |\n"
                                        : "| chiave | tipo | valore predefinito | ammesso | significato |\n")
                                + "|---|---|---|---|---|\n");
    }

    private static String code(String fallback) {
        if (fallback.equals("-")) {
            return "-";
        }
        return fallback.isEmpty() ? "empty" : "`" + fallback + "`";
    }

    private static Properties meanings(String language) throws IOException {
        var meanings = new Properties();
        try (var file =
                ConfigurationDocTest.class.getResourceAsStream(
                        language.equals("en")
                                ? "configuration-meanings.properties"
                                : "configuration-meanings-it.properties")) {
            meanings.load(new InputStreamReader(file, StandardCharsets.UTF_8));
        }
        return meanings;
    }
}
