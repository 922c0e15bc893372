package coffer.launch;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Puts organizations and systems into a catalogue by plain SQL, for the launcher, the tests and the
 * benchmark. It computes what the server computes: HMAC-SHA-256(pepper, the secret's 40 hex
 * digits).
 */
public final class Seed {

    /**
     * A system as its owner got it.
     *
     * @param secret in clear, {@code cof_<20 hex>.<40 hex>}
     */
    public record Firewall(UUID id, String key, String secret) {

        /** The header that it sends with each request. */
        public String authorization() {
            var pair = (key + ":" + secret).getBytes(StandardCharsets.UTF_8);
            return "Basic " + java.util.Base64.getEncoder().encodeToString(pair);
        }
    }

    /** The tree of the launcher, root to leaf. */
    public record Demo(
            UUID owner, UUID distributor, UUID reseller, UUID customer, Firewall system) {}

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BATCH = 1_000;

    private final Connection connection;
    private final String keyId;
    private final String pepper;

    /**
     * Seeds through {@code connection}, whose transactions are the caller's affair.
     *
     * @param keyId {@code coffer.keys.pepper.current} of the server
     * @param pepper the key itself
     */
    public Seed(Connection connection, String keyId, String pepper) {
        this.connection = connection;
        this.keyId = keyId;
        this.pepper = pepper;
    }

    /**
     * The owner if there is one, else a new one; the server's first start may make it meanwhile.
     */
    public UUID owner(String name) throws SQLException {
        try (var insert =
                connection.prepareStatement(
                        """
                        insert into organization (id, kind, name, path, created_at)
                        select id, 'owner', ?, '/' || id || '/', coffer_now()
                          from (select cast(? as uuid) as id) as new
                         where not exists (select 1 from organization where kind = 'owner')
                        on conflict do nothing
                        """)) {
            insert.setString(1, name);
            insert.setString(2, uuid().toString());
            insert.executeUpdate();
        }
        try (var query =
                connection.prepareStatement("select id from organization where kind = 'owner'")) {
            var rows = query.executeQuery();
            rows.next();
            return rows.getObject(1, UUID.class);
        }
    }

    /** A new organization below {@code parent} (null for the owner). */
    public UUID organization(String kind, @Nullable UUID parent, String name) throws SQLException {
        var id = uuid();
        try (var insert =
                connection.prepareStatement(
                        """
                        insert into organization (id, parent_id, kind, name, path, created_at)
                        select ?, cast(? as uuid), ?, ?,
                               coalesce((select path from organization where id = cast(? as uuid)), '/')
                               || cast(? as text) || '/', coffer_now()
                        """)) {
            insert.setObject(1, id);
            insert.setObject(2, parent == null ? null : parent.toString());
            insert.setString(3, kind);
            insert.setString(4, name);
            insert.setObject(5, parent == null ? null : parent.toString());
            insert.setString(6, id.toString());
            insert.executeUpdate();
        }
        return id;
    }

    /** A new system of {@code organization} with a random key and secret. */
    public Firewall appliance(UUID organization, boolean registered) throws SQLException {
        return insert(organization, registered, List.of(random())).getFirst();
    }

    /** Many registered systems at once. */
    public List<Firewall> appliances(UUID organization, int count) throws SQLException {
        var systems = new ArrayList<Firewall>(count);
        for (var i = 0; i < count; i++) {
            systems.add(random());
        }
        return insert(organization, true, systems);
    }

    /** An imported system, whose secret is kept as its old salted digest until it is first used. */
    public Firewall imported(UUID organization) throws SQLException {
        var ours = random();
        var system = new Firewall(ours.id(), ours.key(), ours.secret().replace("cof_", "my_"));
        insert(organization, true, List.of(system));
        try (var update =
                connection.prepareStatement(
                        """
                        update appliance_secret
                           set scheme = 'salted-sha256', key_id = null, salt = ?, digest = ?
                         where appliance_id = ?
                        """)) {
            var salt = random(16);
            update.setBytes(1, salt);
            update.setBytes(2, salted(salt, secretPart(system.secret())));
            update.setObject(3, system.id());
            update.executeUpdate();
        }
        return system;
    }

    /** A pair of the old platform, mapped to a system. */
    public void legacyPair(UUID system, String legacyId, String legacySecret) throws SQLException {
        try (var insert =
                connection.prepareStatement(
                        """
                        insert into legacy_pair (id, appliance_id, legacy_id, key_id, digest, imported_at)
                        values (?, ?, ?, ?, ?, coffer_now())
                        """)) {
            insert.setObject(1, uuid());
            insert.setObject(2, system);
            insert.setString(3, legacyId);
            insert.setString(4, keyId);
            insert.setBytes(5, mac(legacySecret));
            insert.executeUpdate();
        }
    }

    /**
     * The launcher's tree, made once. Key and secret of its system come from the pepper, so that
     * they can be printed again at the next start though the catalogue holds no secret.
     */
    public Demo demo() throws SQLException {
        var owner = owner("Demo Owner");
        var distributor = below(owner, "distributor", "Demo Distributor");
        var reseller = below(distributor, "reseller", "Demo Reseller");
        var customer = below(reseller, "customer", "Demo Customer");
        var bytes = HexFormat.of().formatHex(mac("coffer demo system")) + hex("coffer demo secret");
        var system =
                new Firewall(
                        uuid(),
                        key(bytes.substring(0, 32)),
                        "cof_" + bytes.substring(32, 52) + "." + bytes.substring(64, 104));
        try (var query =
                connection.prepareStatement("select id from appliance where system_key = ?")) {
            query.setString(1, system.key());
            var rows = query.executeQuery();
            if (rows.next()) {
                var known =
                        new Firewall(rows.getObject(1, UUID.class), system.key(), system.secret());
                return new Demo(owner, distributor, reseller, customer, known);
            }
        }
        insert(customer, true, List.of(system));
        return new Demo(owner, distributor, reseller, customer, system);
    }

    /** The first password of the launcher's owner, the same at each start. */
    public static String ownerPassword(String pepper) {
        return HexFormat.of().formatHex(mac(pepper, "coffer demo owner"), 0, 8);
    }

    /** The password of the demo's people, the same at each start. */
    public static String demoPassword(String pepper) {
        return HexFormat.of().formatHex(mac(pepper, "coffer demo people"), 0, 8);
    }

    private UUID below(UUID parent, String kind, String name) throws SQLException {
        try (var query =
                connection.prepareStatement(
                        "select id from organization where parent_id = ? and kind = ? and name"
                                + " = ?")) {
            query.setObject(1, parent);
            query.setString(2, kind);
            query.setString(3, name);
            var rows = query.executeQuery();
            return rows.next() ? rows.getObject(1, UUID.class) : organization(kind, parent, name);
        }
    }

    private List<Firewall> insert(UUID organization, boolean registered, List<Firewall> systems)
            throws SQLException {
        try (var appliance =
                        connection.prepareStatement(
                                """
                                insert into appliance (id, organization_id, system_key, name, type,
                                                       fqdn, created_at, registered_at)
                                values (?, ?, ?, ?, 'firewall', ?, coffer_now(),
                                        case when ? then coffer_now() end)
                                """);
                var secret =
                        connection.prepareStatement(
                                """
                                insert into appliance_secret (id, appliance_id, public_part, scheme,
                                                              key_id, digest, created_at)
                                values (?, ?, ?, 'hmac-sha256', ?, ?, coffer_now())
                                """)) {
            for (var i = 0; i < systems.size(); i++) {
                add(appliance, secret, organization, registered, systems.get(i));
                if (i % BATCH == BATCH - 1 || i == systems.size() - 1) {
                    appliance.executeBatch();
                    secret.executeBatch();
                }
            }
        }
        return systems;
    }

    private void add(
            PreparedStatement appliance,
            PreparedStatement secret,
            UUID organization,
            boolean registered,
            Firewall system)
            throws SQLException {
        var name =
                "fw-" + system.key().substring(system.key().length() - 4).toLowerCase(Locale.ROOT);
        appliance.setObject(1, system.id());
        appliance.setObject(2, organization);
        appliance.setString(3, system.key());
        appliance.setString(4, name);
        appliance.setString(5, name + ".example.org");
        appliance.setBoolean(6, registered);
        appliance.addBatch();
        secret.setObject(1, uuid());
        secret.setObject(2, system.id());
        secret.setString(3, system.secret().substring(0, system.secret().indexOf('.')));
        secret.setString(4, keyId);
        secret.setBytes(5, mac(secretPart(system.secret())));
        secret.addBatch();
    }

    private static Firewall random() {
        var hex = HexFormat.of();
        return new Firewall(
                uuid(),
                key(hex.formatHex(random(16))),
                "cof_" + hex.formatHex(random(10)) + "." + hex.formatHex(random(20)));
    }

    private static String key(String hex) {
        return "NETH-"
                + String.join("-", hex.toUpperCase(Locale.ROOT).split("(?<=\\G.{4})", -1))
                        .replaceAll("-$", "");
    }

    private static String secretPart(String secret) {
        return secret.substring(secret.indexOf('.') + 1);
    }

    private String hex(String text) {
        return HexFormat.of().formatHex(mac(text));
    }

    private byte[] mac(String text) {
        return mac(pepper, text);
    }

    private static byte[] mac(String pepper, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(pepper.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static byte[] salted(byte[] salt, String secretPart) {
        try {
            var digest = java.security.MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            return digest.digest(secretPart.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static byte[] random(int count) {
        var bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** A UUIDv7, as the server makes them. */
    private static UUID uuid() {
        var now = System.currentTimeMillis();
        return new UUID(
                (now << 16) | 0x7000L | (RANDOM.nextInt() & 0x0FFFL),
                0x8000_0000_0000_0000L | (RANDOM.nextLong() >>> 2));
    }
}
