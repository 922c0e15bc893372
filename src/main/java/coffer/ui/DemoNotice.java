package coffer.ui;

import coffer.platform.Installation;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Says on each page that what it shows was made up, where it was. */
@Named
@RequestScoped
public class DemoNotice {

    /** What removes it; the launcher's own, so no text of a bundle. */
    private static final String COMMAND = "./mvnw validate exec:exec@remove-demo";

    private final Installation installation;

    @Inject
    DemoNotice(Installation installation) {
        this.installation = installation;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected DemoNotice() {
        this(null);
    }

    /** True while there is demo data. */
    public boolean isShown() {
        return installation.hasDemo();
    }

    /** What takes it away. */
    public String getCommand() {
        return COMMAND;
    }
}
