package coffer.ui;

import coffer.launch.People;
import coffer.launch.TestSite;

import java.sql.SQLException;
import java.util.UUID;

/** Accounts and systems on the node that all tests share. */
final class PageSite {

    private PageSite() {}

    static TestSite site() {
        return TestSite.shared();
    }

    static People.Account account(UUID organization, String... roles) {
        try (var connection = site().instance().connect()) {
            return new People(connection, site().instance().settings().get("coffer.keys.pepper.k1"))
                    .account(organization, "p-" + UUID.randomUUID(), roles);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The root of the tree. */
    static UUID owner() {
        return UUID.fromString(site().text("select id from organization where kind = 'owner'"));
    }

    static byte[] bytes(int size, int seed) {
        var bytes = new byte[size];
        new java.util.Random(seed).nextBytes(bytes);
        return bytes;
    }
}
