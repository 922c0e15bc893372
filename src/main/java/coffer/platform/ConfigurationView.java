package coffer.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.config.Config;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The configuration of this node as it may be shown. What is a secret, or looks like one, is stars:
 * secrets by their type, access keys by their name, and what an address carries before its host or
 * in its query.
 */
@ApplicationScoped
public class ConfigurationView {

    static final String STARS = "********";

    private static final Pattern NAMED =
            Pattern.compile("(?i).*(password|secret|access-key|token).*");
    private static final Pattern IN_ADDRESS = Pattern.compile("(?<=://)[^/@\\s]*@");
    private static final Pattern IN_QUERY =
            Pattern.compile("(?i)(password|secret|token|key|user)=[^&;\\s]*");

    private final Config config;

    @Inject
    ConfigurationView(Config config) {
        this.config = config;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected ConfigurationView() {
        this(null);
    }

    /**
     * A setting.
     *
     * @param value as it is in force, or stars
     * @param given true where somebody set it; false where it is the default
     */
    public record Line(String name, String value, boolean given) {}

    /** Every setting that was read, by name. */
    public List<Line> lines() {
        return SettingsReader.asked().stream().map(this::line).toList();
    }

    private Line line(SettingsReader.Key key) {
        var value = config.getOptionalValue(key.name(), String.class).filter(one -> !one.isBlank());
        return new Line(
                key.name(),
                value.map(text -> shown(key, text)).orElse(key.fallback()),
                value.isPresent());
    }

    private static String shown(SettingsReader.Key key, String value) {
        if (key.type().equals("secret") || NAMED.matcher(key.name()).matches()) {
            return STARS;
        }
        var bare = IN_ADDRESS.matcher(value).replaceAll(STARS + "@");
        return IN_QUERY.matcher(bare).replaceAll("$1=" + STARS);
    }
}
