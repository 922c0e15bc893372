package coffer.platform;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.Config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Named HMAC keys, by purpose. The current one signs; former ones still verify until they are taken
 * out of the list.
 *
 * @param purposes the keys of each purpose
 */
record KeySettings(Map<String, Keys> purposes) implements Settings {

    /**
     * One purpose's keys.
     *
     * @param current which signs
     * @param secrets every accepted key by its id, the current one among them
     */
    record Keys(String current, Map<String, Secret> secrets) {
        Keys {
            secrets = Map.copyOf(secrets);
        }
    }

    private static final List<String> PURPOSES = List.of("pepper", "audit", "bus", "receipt");
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
    private static final int SHORTEST = 32;

    KeySettings {
        purposes = Map.copyOf(purposes);
    }

    static KeySettings read(SettingsReader reader) {
        var purposes = new LinkedHashMap<String, Keys>();
        for (var purpose : PURPOSES) {
            purposes.put(purpose, keys(reader, "coffer.keys." + purpose + "."));
        }
        return new KeySettings(purposes);
    }

    private static Keys keys(SettingsReader reader, String prefix) {
        var current = reader.text(prefix + "current", "k1", ID);
        var secrets = new LinkedHashMap<String, Secret>();
        secrets.put(current, secret(reader, prefix + current));
        for (var id : reader.list(prefix + "former", "")) {
            if (!ID.matcher(id).matches() || id.equals("current") || id.equals("former")) {
                throw new SettingsProblem(prefix + "former", "has '" + id + "'", ID.pattern());
            }
            secrets.put(id, secret(reader, prefix + id));
        }
        return new Keys(current, secrets);
    }

    private static Secret secret(SettingsReader reader, String key) {
        var secret = reader.secret(key);
        if (secret.reveal().length() < SHORTEST) {
            throw new SettingsProblem(key, "is too short", SHORTEST + " characters or more");
        }
        return secret;
    }

    /** Reads the settings once, at the start. */
    @Dependent
    static class Source {
        @Produces
        @Singleton
        KeySettings settings(Config config) {
            return read(new SettingsReader(config));
        }
    }
}
