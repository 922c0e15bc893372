package coffer.ui.systems;

/**
 * What is typed on an appliance, as root, once it is known to this server: works as it stands, with
 * {@code curl} and {@code gpg}. docs/en/appliances.md tells the same at length.
 */
final class ApplianceCommands {

    private static final String FOLDER =
            """
            conf=${COFFER_CONF:-/etc/coffer}
            umask 077
            mkdir -p "$conf"
            printf '%s\\n' '{secret}' > "$conf/secret"
            """;

    private static final String REGISTER =
            """
            curl -sS --fail-with-body '{address}/api/systems/register' \\
                --json "{\\"system_secret\\": \\"$(cat "$conf/secret")\\"}"; echo
            """;

    private static final String KEYS =
            """
            printf '%s\\n' '{key}' > "$conf/key"
            [ -s "$conf/passphrase" ] || gpg --gen-random --armor 1 32 > "$conf/passphrase"
            """;

    private static final String SEND =
            """
            conf=${COFFER_CONF:-/etc/coffer}
            file=$(mktemp -d)/config.tar.gz.gpg
            tar -C "${COFFER_WHAT:-/etc}" -czf - . | gpg --batch --pinentry-mode loopback \\
                --passphrase-file "$conf/passphrase" -o "$file" --symmetric
            printf 'user = "%s:%s"\\n' "$(cat "$conf/key")" "$(cat "$conf/secret")" |
                curl -sS -K - --fail-with-body -X POST -T "$file" \\
                    -H "X-Filename: $(hostname)-$(date +%F).tar.gz.gpg" \\
                    -H "X-Checksum-Sha256: $(sha256sum "$file" | cut -d ' ' -f 1)" \\
                    '{address}/api/systems/backups'; echo
            """;

    private final String address;
    private final String key;
    private final String secret;

    /**
     * For one system.
     *
     * @param address where appliances reach this server
     */
    ApplianceCommands(String address, String key, String secret) {
        this.address = address;
        this.key = key;
        this.secret = secret;
    }

    /** Keeps the secret and registers with it: a new system, or its replacement. */
    String enrol() {
        return filled(FOLDER + REGISTER + KEYS);
    }

    /** Puts a new secret in the place of the one before. */
    String replace() {
        return filled(FOLDER);
    }

    /** Encrypts a first backup and sends it. */
    String send() {
        return filled(SEND);
    }

    private String filled(String text) {
        return text.replace("{address}", address)
                .replace("{key}", key)
                .replace("{secret}", secret)
                .stripTrailing();
    }
}
