package coffer.ui.operations;

import static coffer.id.Permission.JOBS_READ;

import coffer.id.Permitted;
import coffer.platform.ConfigurationView;
import coffer.platform.Installation;
import coffer.ui.Visit;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import java.util.List;

/** What is installed: the version, what it is made of, and to whom it may be told how it is set. */
@Named
@RequestScoped
@Permitted({})
public class AboutPage {

    private final Visit visit;
    private final ConfigurationView configuration;
    private final Installation installation;

    @Inject
    AboutPage(Visit visit, ConfigurationView configuration, Installation installation) {
        this.visit = visit;
        this.configuration = configuration;
        this.installation = installation;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected AboutPage() {
        this(null, null, null);
    }

    /** Which version of Coffer. */
    public String getVersion() {
        return Licences.version();
    }

    /** Under which licence it is. */
    public String getLicence() {
        return "Apache-2.0";
    }

    /** Which Java it runs on. */
    public String getJava() {
        return Runtime.version().toString();
    }

    /** {@code production}, {@code demo} or {@code test}. */
    public String getPurpose() {
        return installation.purpose();
    }

    /** What it is made of. */
    public List<Licences.Part> getParts() {
        visit.caller();
        return Licences.parts(visit.request().getServletContext());
    }

    /** Every setting; secrets are stars. */
    public List<ConfigurationView.Line> getSettings() {
        visit.caller(JOBS_READ);
        return configuration.lines();
    }
}
