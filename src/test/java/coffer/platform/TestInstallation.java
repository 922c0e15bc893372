package coffer.platform;

/** An installation that is known without a database. */
public final class TestInstallation {

    private TestInstallation() {}

    public static Installation of(String id) {
        var installation = new Installation();
        installation.learn(id, "test");
        return installation;
    }
}
