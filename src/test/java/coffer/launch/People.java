package coffer.launch;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Puts accounts into a catalogue by plain SQL, for tests and the benchmark. It computes what the
 * server computes: HMAC-SHA-256(pepper, PBKDF2-HMAC-SHA-512(password)).
 */
public final class People {

    /** The password of every account made here. */
    public static final String PASSWORD = "a password for tests";

    /** Few, so that a test's sign-in takes milliseconds. */
    public static final int ITERATIONS = 1_000;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Map<String, byte[]> HASHES = new ConcurrentHashMap<>();

    private final Connection connection;
    private final String pepper;

    /** Seeds through {@code connection}; {@code pepper} is the server's, with the id k1. */
    public People(Connection connection, String pepper) {
        this.connection = connection;
        this.pepper = pepper;
    }

    /**
     * An account that exists.
     *
     * @param username what it signs in with
     */
    public record Account(UUID id, UUID organization, String username) {}

    /** A new account of {@code organization} with these roles. */
    public Account account(UUID organization, String username, String... roles)
            throws SQLException {
        var id = UUID.randomUUID();
        var salt = new byte[16];
        try (var insert =
                connection.prepareStatement(
                        """
                        insert into account (id, organization_id, username, name, email, roles,
                               password_scheme, password_iterations, password_salt,
                               password_key_id, password_mac, created_at)
                        values (?, ?, ?, ?, ?, ?, 'pbkdf2-hmac-sha512', ?, ?, 'k1', ?, coffer_now())
                        """)) {
            insert.setObject(1, id);
            insert.setObject(2, organization);
            insert.setString(3, username);
            insert.setString(4, "Name of " + username);
            insert.setString(5, username + "@example.org");
            insert.setArray(6, connection.createArrayOf("text", List.of(roles).toArray()));
            insert.setInt(7, ITERATIONS);
            insert.setBytes(8, salt);
            insert.setBytes(9, HASHES.computeIfAbsent(pepper, key -> mac(key, PASSWORD, salt)));
            insert.executeUpdate();
        }
        return new Account(id, organization, username);
    }

    /** Sets the password of an account, which may have been disabled, and lets it in. */
    public void admit(String username, String password) throws SQLException {
        var salt = new byte[16];
        RANDOM.nextBytes(salt);
        try (var update =
                connection.prepareStatement(
                        """
                        update account set password_iterations = ?, password_salt = ?, password_mac = ?,
                               disabled_at = null
                         where username = ?
                        """)) {
            update.setInt(1, ITERATIONS);
            update.setBytes(2, salt);
            update.setBytes(3, mac(pepper, password, salt));
            update.setString(4, username);
            update.executeUpdate();
        }
    }

    /**
     * A new API key of an account, as its owner got it.
     *
     * @param scope read or write
     */
    public String apiKey(Account account, String scope) throws SQLException {
        var publicPart = "cok_" + hex(10);
        var hidden = hex(20);
        try (var insert =
                connection.prepareStatement(
                        """
                        insert into api_key (id, account_id, name, scope, public_part, key_id,
                               digest, created_at, expires_at)
                        values (?, ?, 'test', ?, ?, 'k1', ?, coffer_now(), coffer_now() + interval '30 days')
                        """)) {
            insert.setObject(1, UUID.randomUUID());
            insert.setObject(2, account.id());
            insert.setString(3, scope);
            insert.setString(4, publicPart);
            insert.setBytes(5, hmac(pepper, hidden.getBytes(StandardCharsets.UTF_8)));
            insert.executeUpdate();
        }
        return publicPart + "." + hidden;
    }

    private static byte[] mac(String pepper, String password, byte[] salt) {
        try {
            var spec = new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, 512);
            return hmac(
                    pepper,
                    SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                            .generateSecret(spec)
                            .getEncoded());
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static byte[] hmac(String key, byte[] bytes) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(bytes);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static String hex(int count) {
        var bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
