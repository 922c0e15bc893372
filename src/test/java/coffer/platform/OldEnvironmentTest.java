package coffer.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

class OldEnvironmentTest {

    @ParameterizedTest
    @CsvSource({
        "BACKUP_S3_ENDPOINT, https://store.example, coffer.destination.primary.endpoint,"
                + " https://store.example",
        "BACKUP_S3_ENDPOINT, store.example, coffer.destination.primary.endpoint,"
                + " https://store.example",
        "BACKUP_S3_REGION, eu-1, coffer.destination.primary.region, eu-1",
        "BACKUP_S3_BUCKET, box, coffer.destination.primary.bucket, box",
        "BACKUP_S3_ACCESS_KEY, key, coffer.destination.primary.access-key, key",
        "BACKUP_S3_SECRET_KEY, word, coffer.destination.primary.secret-key, word",
        "BACKUP_S3_USE_PATH_STYLE, 1, coffer.destination.primary.path-style, true",
        "BACKUP_S3_USE_PATH_STYLE, f, coffer.destination.primary.path-style, false",
        "BACKUP_S3_PRESIGN_ENDPOINT, http://a, coffer.destination.primary.presign-endpoint,"
                + " http://a",
        "BACKUP_MAX_UPLOAD_SIZE, 2147483648, coffer.intake.max-upload-size, 2147483648",
        "BACKUP_MAX_PER_SYSTEM, 12, coffer.retention.max-backups, 12",
        "BACKUP_MAX_SIZE_PER_SYSTEM, 524288000, coffer.retention.max-size, 524288000",
        "BACKUP_MAX_SIZE_PER_ORG, 0, coffer.quota.organization-max-size, 0",
        "BACKUP_RATE_LIMIT_PER_MINUTE, 6, coffer.intake.rate-per-minute, 6",
        "BACKUP_RATE_LIMIT_PER_HOUR, 60, coffer.intake.rate-per-hour, 60",
        "BACKUP_PRESIGN_TTL, 5m0s, coffer.backup.presign-ttl, PT5M0S",
        "BACKUP_PRESIGN_TTL, 300, coffer.backup.presign-ttl, 300s",
        "REDIS_URL, redis://cache:6379, coffer.redis.url, redis://cache:6379"
    })
    void an_old_name_gives_the_key_its_value(
            String variable, String text, String key, String value) {
        var source = new OldEnvironment(Map.of(variable, text));

        assertThat(source.getValue(key)).isEqualTo(value);
    }

    @Test
    void a_key_without_its_old_name_has_no_value() {
        var source = new OldEnvironment(Map.of("BACKUP_S3_BUCKET", " "));

        assertThat(source.getPropertyNames())
                .isNotEmpty()
                .allSatisfy(key -> assertThat(source.getValue(key)).isNull());
        assertThat(source.getValue("coffer.something.else")).isNull();
    }

    @Test
    void the_keys_own_name_wins() {
        var properties = 100;
        var environment = 300;

        assertThat(new OldEnvironment(Map.of()).getOrdinal())
                .isGreaterThan(properties)
                .isLessThan(environment);
    }

    @Test
    void durations_of_the_old_form_are_readable() {
        var values = new HashMap<String, String>();
        var source = new OldEnvironment(Map.of("BACKUP_PRESIGN_TTL", "1h30m"));
        values.put("coffer.backup.presign-ttl", source.getValue("coffer.backup.presign-ttl"));

        var reader = new SettingsReader(new FixedConfig(values));

        assertThat(reader.duration("coffer.backup.presign-ttl", "5m", "1s", "2h"))
                .isEqualTo(Duration.ofMinutes(90));
    }
}
