package coffer.storage;

import coffer.platform.ByteSize;
import coffer.platform.Secret;
import coffer.platform.Settings;
import coffer.platform.SettingsProblem;
import coffer.platform.SettingsReader;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.Config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Which object stores there are, with which keys, and how patient Coffer is with them.
 *
 * @param destinations by name
 * @param primary the one that every upload goes to first
 * @param connections at most so many per destination at once
 * @param connectTimeout for one attempt to connect
 * @param answerTimeout longest silence of a store
 * @param attempts requests per call at most
 * @param slowest bytes per second below which sending is given up
 * @param signedPayload payloads up to here are signed with their digest, so that the store verifies
 *     it
 * @param watch pause between two looks at whether a destination is there
 */
public record StorageSettings(
        Map<String, Store> destinations,
        String primary,
        int connections,
        Duration connectTimeout,
        Duration answerTimeout,
        int attempts,
        ByteSize slowest,
        ByteSize signedPayload,
        Duration watch)
        implements Settings {

    /** An access key and its secret. */
    public record Keys(String accessKey, Secret secretKey) {}

    /**
     * One destination. A key is present only where the node's roles need it.
     *
     * @param endpoint absent: AWS, by region
     * @param presignEndpoint the address browsers reach the store by; absent: the endpoint
     * @param authorities a PEM file with the certificate authorities to trust here instead of the
     *     JVM's own; absent: those
     */
    public record Store(
            String name,
            Optional<URI> endpoint,
            Optional<URI> presignEndpoint,
            String region,
            String bucket,
            boolean pathStyle,
            Optional<Path> authorities,
            Optional<Keys> writer,
            Optional<Keys> reader,
            Optional<Keys> eraser) {}

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]{0,31}");
    private static final Pattern REGION = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Set<String> ROLES = Set.of("ingest", "read", "erase", "jobs", "pages");

    /** Refuses a primary that is none of the destinations. */
    public StorageSettings {
        destinations = Map.copyOf(destinations);
        if (!destinations.containsKey(primary)) {
            throw new SettingsProblem(
                    "coffer.storage.primary", "is '" + primary + "'", "one of coffer.destinations");
        }
    }

    /**
     * Reads and checks all keys; those of roles that the node does not have are not even looked at.
     */
    static StorageSettings read(SettingsReader reader) {
        var roles = reader.someOf("coffer.node.roles", "erase, ingest, jobs, pages, read", ROLES);
        var stores = new TreeMap<String, Store>();
        for (var name : reader.list("coffer.destinations", "primary")) {
            if (!NAME.matcher(name).matches()) {
                throw new SettingsProblem(
                        "coffer.destinations", "names '" + name + "'", NAME.pattern());
            }
            stores.put(name, store(reader, name, roles));
        }
        return new StorageSettings(
                stores,
                reader.text("coffer.storage.primary", "primary", NAME),
                (int) reader.number("coffer.storage.connections", 256, 1, 4096),
                reader.duration("coffer.storage.connect-timeout", "3s", "100ms", "1m"),
                reader.duration("coffer.storage.answer-timeout", "30s", "100ms", "10m"),
                (int) reader.number("coffer.storage.attempts", 3, 1, 10),
                reader.size("coffer.storage.slowest-per-second", "1MiB", "1KiB", "1GiB"),
                reader.size("coffer.storage.signed-payload", "8MiB", "0", "32MiB"),
                reader.duration("coffer.storage.watch", "10s", "100ms", "1h"));
    }

    private static Store store(SettingsReader reader, String name, Set<String> roles) {
        var group = "coffer.destination." + name + ".";
        return new Store(
                name,
                reader.optionalAddress(group + "endpoint"),
                reader.optionalAddress(group + "presign-endpoint"),
                reader.text(group + "region", "us-east-1", REGION),
                reader.text(group + "bucket", "coffer", BUCKET),
                reader.flag(group + "path-style", true),
                reader.optional(group + "authorities").map(Path::of),
                keys(reader, group, "writer", roles.contains("ingest")),
                keys(reader, group, "reader", roles.contains("read")),
                keys(reader, group, "eraser", roles.contains("erase")));
    }

    private static Optional<Keys> keys(
            SettingsReader reader, String group, String who, boolean needed) {
        if (!needed) {
            return Optional.empty();
        }
        var own = pair(reader, group + who + ".");
        var found = own.isPresent() ? own : pair(reader, group);
        if (found.isEmpty()) {
            throw new SettingsProblem(
                    group + who + ".access-key",
                    "is not set",
                    "an access key here, or one for all three in " + group + "access-key");
        }
        return found;
    }

    private static Optional<Keys> pair(SettingsReader reader, String group) {
        var access = reader.optional(group + "access-key");
        var secret = reader.optionalSecret(group + "secret-key");
        if (access.isPresent() != secret.isPresent()) {
            throw new SettingsProblem(
                    group + "access-key", "and secret-key are not both set", "both or neither");
        }
        return access.map(key -> new Keys(key, secret.orElseThrow()));
    }

    /** Reads the settings once, at the start. */
    @Dependent
    static class Source {
        @Produces
        @Singleton
        StorageSettings settings(Config config) {
            return read(new SettingsReader(config));
        }
    }
}
