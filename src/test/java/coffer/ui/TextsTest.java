package coffer.ui;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.alert.AlertKind;
import coffer.launch.Checkout;
import coffer.platform.ProblemType;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whatever a page may have to show has a text in each language. */
class TextsTest {

    private static final Pattern CHECK =
            Pattern.compile("check\\s*\\(\\s*(\\w+)\\s+in\\s*\\(([^)]*)\\)");
    private static final Pattern BACKUP_STATE =
            Pattern.compile("(?s)function backup_state\\(.*?\\$\\$(.*?)\\$\\$");
    private static final Pattern WORD = Pattern.compile("(?:then|else|[(,])\\s*'([^']+)'");

    /** Where the constants of an enumeration have their texts. */
    private static final Map<String, String> ENUMERATIONS =
            Map.ofEntries(
                    Map.entry("coffer.alert.AlertKind", "alert"),
                    Map.entry("coffer.alert.Alerts$Severity", "severity"),
                    Map.entry("coffer.backup.Backup$State", "backup"),
                    Map.entry("coffer.id.Permission", "permission"),
                    Map.entry("coffer.id.Role", "role"),
                    Map.entry("coffer.intake.ContentKind", "content"),
                    Map.entry("coffer.legacy.LegacyProtocol", "protocol"),
                    Map.entry("coffer.platform.ProblemType", "problem"),
                    Map.entry("coffer.retention.Candidate$Trasher", "trashed-by"),
                    Map.entry("coffer.retention.Kept$Why", "kept"),
                    Map.entry("coffer.retention.Reason", "reason"));

    /** No page shows these; what they come to is an alert, a state, a notice or a problem. */
    private static final Set<String> INNER =
            Set.of(
                    "coffer.access.CredentialRow$Origin",
                    "coffer.fleet.HoldLedger$On",
                    "coffer.fleet.activity.SubtreeLedger$Size",
                    "coffer.job.Runner$Doubt",
                    "coffer.legacy.LegacyCall$Proof",
                    "coffer.people.Ending",
                    "coffer.retention.Candidate$Place",
                    "coffer.retention.Verdict$Action",
                    "coffer.storage.Capability",
                    "coffer.storage.Destination$State",
                    "coffer.storage.Sweep$Kind",
                    "coffer.upkeep.reconcile.Removal",
                    "coffer.upkeep.retention.Oddity",
                    "coffer.upkeep.scrub.Finding");

    /** Where the values that the schema allows in a column have their texts. */
    private static final Map<String, List<String>> COLUMNS =
            Map.of(
                    "ciphertext", List.of("ciphertext"),
                    "downloads", List.of("downloads"),
                    "health", List.of("health"),
                    "kind", List.of("organization"),
                    "last_legacy_protocol", List.of("protocol"),
                    "locale", List.of("language"),
                    "scope", List.of("scope"),
                    "severity", List.of("severity"),
                    "state", List.of("backup", "job-run", "purge"),
                    "trashed_by", List.of("trashed-by"));

    /** Shown nowhere, or as they are. */
    private static final Set<String> INNER_COLUMNS =
            Set.of("demo", "extension", "password_scheme", "purpose", "scheme", "own, tree");

    private static final Properties ENGLISH = bundle("en");
    private static final Properties ITALIAN = bundle("it");

    @Test
    void both_languages_have_the_same_keys_and_a_text_for_each() {
        assertThat(ITALIAN.keySet()).isEqualTo(ENGLISH.keySet()).isNotEmpty();
        assertThat(Stream.concat(ENGLISH.values().stream(), ITALIAN.values().stream()))
                .allSatisfy(text -> assertThat(text.toString()).isNotBlank());
    }

    @Test
    void every_constant_that_a_page_may_show_has_a_text() {
        var unknown = new TreeSet<String>();
        var textless = new TreeSet<String>();

        for (var type : enumerations()) {
            var area = ENUMERATIONS.get(type.getName());
            if (area != null) {
                Stream.of(type.reflect().getEnumConstants())
                        .map(constant -> Texts.key(area, word(constant)))
                        .filter(key -> !ENGLISH.containsKey(key))
                        .forEach(textless::add);
            } else if (!INNER.contains(type.getName())) {
                unknown.add(type.getName());
            }
        }

        assertThat(textless).isEmpty();
        assertThat(unknown).as("say here whether pages show them").isEmpty();
    }

    @Test
    void every_value_that_the_schema_allows_has_a_text() throws IOException {
        var textless = new TreeSet<String>();
        var schema = schema();

        for (var check : CHECK.matcher(schema).results().toList()) {
            var values = words("(" + check.group(2));
            var inner =
                    INNER_COLUMNS.contains(check.group(1))
                            || INNER_COLUMNS.contains(String.join(", ", values));
            if (!inner && !hasTexts(check.group(1), values)) {
                textless.add(check.group(1) + " in " + values);
            }
        }

        assertThat(textless).isEmpty();
    }

    @Test
    void every_state_of_a_systems_backups_has_a_text() throws IOException {
        var function = BACKUP_STATE.matcher(schema()).results().map(last -> last.group(1)).toList();

        var states = words(function.getLast());

        assertThat(states).contains("overdue", "fresh").hasSizeGreaterThan(5);
        assertThat(states)
                .allSatisfy(state -> assertThat(ENGLISH).containsKey("backup-state." + state));
    }

    @Test
    void every_alert_is_on_the_operators_page_with_its_severity() throws IOException {
        var page =
                Files.readString(
                        Checkout.root().resolve("docs/en/operations/health-and-metrics.md"));

        assertThat(AlertKind.values())
                .allSatisfy(kind ->
                        assertThat(page.lines())
                                .as(kind.code())
                                .anyMatch(line ->
                                        line.contains("`" + kind.code() + "`")
                                                && line.contains(
                                                        "| "
                                                                + kind.severity()
                                                                        .name()
                                                                        .toLowerCase(Locale.ROOT)
                                                                + " |")));
    }

    @Test
    void a_person_reads_their_language_and_any_other_reads_english() {
        var usual = Locale.getDefault();
        Locale.setDefault(Locale.ITALY);
        try {
            assertThat(Texts.in("it").of(AlertKind.BACKUP_OVERDUE))
                    .isEqualTo("Da troppo tempo nessun backup");
            assertThat(Texts.in("en").of(ProblemType.INVALID_SIGN_IN))
                    .isEqualTo("User name or password is wrong");
            assertThat(Texts.in("de").of("backup-state", "late")).isEqualTo("Late");
            assertThat(Texts.in("it").of("permission", "systems:read"))
                    .isEqualTo("Vedere i sistemi");
            assertThat(Texts.in("it").of("backup-state", "nonsense")).isEqualTo("nonsense");
        } finally {
            Locale.setDefault(usual);
        }
    }

    private static boolean hasTexts(String column, List<String> values) {
        var areas =
                column.equals("subject_kind")
                        ? List.of("subject")
                        : COLUMNS.getOrDefault(column, List.of());
        return areas.stream()
                .anyMatch(area ->
                        values.stream()
                                .allMatch(value -> ENGLISH.containsKey(Texts.key(area, value))));
    }

    private static String word(Object constant) {
        return constant instanceof AlertKind kind ? kind.code() : ((Enum<?>) constant).name();
    }

    private static List<JavaClass> enumerations() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("coffer")
                        .stream()
                        .filter(JavaClass::isEnum)
                        .toList();
    }

    private static List<String> words(String sql) {
        return WORD.matcher(sql).results().map(word -> word.group(1)).toList();
    }

    private static String schema() throws IOException {
        var folder = Checkout.root().resolve("src/main/resources/db/migration");
        var texts = new ArrayList<String>();
        try (var files = Files.list(folder)) {
            for (var file : files.filter(TextsTest::isSql).sorted(TextsTest::byVersion).toList()) {
                texts.add(Files.readString(file));
            }
        }
        return String.join("\n", texts);
    }

    private static boolean isSql(Path file) {
        return file.toString().endsWith(".sql");
    }

    private static int byVersion(Path one, Path other) {
        return Double.compare(version(one), version(other));
    }

    private static double version(Path file) {
        return Pattern.compile("^V(\\d+(_\\d+)?)__")
                .matcher(file.getFileName().toString())
                .results()
                .map(MatchResult::group)
                .map(text -> text.substring(1, text.length() - 2).replace('_', '.'))
                .mapToDouble(Double::parseDouble)
                .findFirst()
                .orElseThrow();
    }

    private static Properties bundle(String language) {
        var properties = new Properties();
        var file =
                Checkout.root()
                        .resolve(
                                "src/main/resources/coffer/ui/messages_"
                                        + language
                                        + ".properties");
        try {
            properties.load(new StringReader(Files.readString(file)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return properties;
    }
}
