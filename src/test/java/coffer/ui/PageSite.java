package coffer.ui;

import coffer.launch.People;
import coffer.launch.Seed;
import coffer.launch.TestSite;

import java.sql.SQLException;
import java.util.UUID;

/** Accounts and systems on the node that all tests share. */
public final class PageSite {

    private PageSite() {}

    /** The node that all tests share. */
    public static TestSite site() {
        return TestSite.shared();
    }

    /** A new account. */
    public static People.Account account(UUID organization, String... roles) {
        try (var connection = site().instance().connect()) {
            return new People(connection, site().instance().settings().get("coffer.keys.pepper.k1"))
                    .account(organization, "p-" + UUID.randomUUID(), roles);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A new organization. */
    public static UUID organization(String kind, UUID parent, String name) {
        try (var connection = site().instance().connect()) {
            return new Seed(
                            connection,
                            "k1",
                            site().instance().settings().get("coffer.keys.pepper.k1"))
                    .organization(kind, parent, name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How often the audit trail says that this was done. */
    static long told(String action, UUID subject) {
        return site().number(
                        "select count(*) from audit_entry where action = '"
                                + action
                                + "' and subject like '%:"
                                + subject
                                + "'");
    }

    /** The root of the tree. */
    public static UUID owner() {
        return UUID.fromString(site().text("select id from organization where kind = 'owner'"));
    }

    /** The same bytes for the same seed. */
    public static byte[] bytes(int size, int seed) {
        var bytes = new byte[size];
        new java.util.Random(seed).nextBytes(bytes);
        return bytes;
    }
}
