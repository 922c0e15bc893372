package coffer.platform;

import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Honours the environment variables of the platform that Coffer replaces, as aliases of its own
 * keys (wire contract, section 6). A key set under its own name in the environment, the system
 * properties or server.xml wins. {@code DATABASE_URL} is translated before the server starts,
 * because the data source needs it in server.xml.
 */
public class OldEnvironment implements ConfigSource {

    private static final int BELOW_THE_ENVIRONMENT = 200;
    private static final Pattern GO_DURATION =
            Pattern.compile("(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?");

    private record Alias(String variable, UnaryOperator<String> translation) {}

    private static final String PRIMARY = "coffer.destination.primary.";
    private static final Map<String, Alias> ALIASES =
            Map.ofEntries(
                    alias(PRIMARY + "endpoint", "BACKUP_S3_ENDPOINT", OldEnvironment::address),
                    alias(PRIMARY + "region", "BACKUP_S3_REGION", String::strip),
                    alias(PRIMARY + "bucket", "BACKUP_S3_BUCKET", String::strip),
                    alias(PRIMARY + "access-key", "BACKUP_S3_ACCESS_KEY", String::strip),
                    alias(PRIMARY + "secret-key", "BACKUP_S3_SECRET_KEY", String::strip),
                    alias(PRIMARY + "path-style", "BACKUP_S3_USE_PATH_STYLE", OldEnvironment::flag),
                    alias(
                            PRIMARY + "presign-endpoint",
                            "BACKUP_S3_PRESIGN_ENDPOINT",
                            OldEnvironment::address),
                    alias("coffer.intake.max-upload-size", "BACKUP_MAX_UPLOAD_SIZE", String::strip),
                    alias("coffer.retention.max-backups", "BACKUP_MAX_PER_SYSTEM", String::strip),
                    alias("coffer.retention.max-size", "BACKUP_MAX_SIZE_PER_SYSTEM", String::strip),
                    alias(
                            "coffer.quota.organization-max-size",
                            "BACKUP_MAX_SIZE_PER_ORG",
                            String::strip),
                    alias(
                            "coffer.intake.rate-per-minute",
                            "BACKUP_RATE_LIMIT_PER_MINUTE",
                            String::strip),
                    alias(
                            "coffer.intake.rate-per-hour",
                            "BACKUP_RATE_LIMIT_PER_HOUR",
                            String::strip),
                    alias(
                            "coffer.backup.presign-ttl",
                            "BACKUP_PRESIGN_TTL",
                            OldEnvironment::duration),
                    alias("coffer.redis.url", "REDIS_URL", String::strip));

    private final Map<String, String> environment;

    /** Reads this process's environment. */
    public OldEnvironment() {
        this(System.getenv());
    }

    OldEnvironment(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public @Nullable String getValue(String key) {
        var alias = ALIASES.get(key);
        var value = alias == null ? null : environment.get(alias.variable());
        return value == null || value.isBlank() || alias == null
                ? null
                : alias.translation().apply(value);
    }

    @Override
    public Set<String> getPropertyNames() {
        return ALIASES.keySet();
    }

    @Override
    public String getName() {
        return "the environment variables of the old platform";
    }

    @Override
    public int getOrdinal() {
        return BELOW_THE_ENVIRONMENT;
    }

    private static Map.Entry<String, Alias> alias(
            String key, String variable, UnaryOperator<String> translation) {
        return Map.entry(key, new Alias(variable, translation));
    }

    /**
     * {@code 1h30m}, {@code 5m0s}; a bare number is seconds. What is neither stays, to be refused.
     */
    private static String duration(String text) {
        var value = text.strip();
        if (value.matches("\\d{1,9}")) {
            return value + "s";
        }
        var matcher = GO_DURATION.matcher(value);
        if (!matcher.matches() || value.isEmpty()) {
            return value;
        }
        return "PT"
                + part(matcher.group(1), 'H')
                + part(matcher.group(2), 'M')
                + part(matcher.group(3), 'S');
    }

    private static String part(@Nullable String amount, char unit) {
        return amount == null ? "" : amount + unit;
    }

    private static String flag(String text) {
        return switch (text.strip()) {
            case "1", "t", "T" -> "true";
            case "0", "f", "F" -> "false";
            default -> text.strip();
        };
    }

    /** The old platform also took a bare host, and meant https. */
    private static String address(String text) {
        var value = text.strip();
        return value.contains("://") ? value : "https://" + value;
    }
}
