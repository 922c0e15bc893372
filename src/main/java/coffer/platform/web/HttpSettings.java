package coffer.platform.web;

import coffer.platform.Settings;
import coffer.platform.SettingsProblem;
import coffer.platform.SettingsReader;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.Config;

import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * How the outside reaches this server.
 *
 * @param publicUrl what {@code Location} is built from, without a trailing slash
 * @param trustedProxies peers whose word about the client's address counts
 * @param forwardedHeader the one header those proxies set; the other is ignored, because a client
 *     could send it through them
 */
public record HttpSettings(URI publicUrl, List<AddressRange> trustedProxies, String forwardedHeader)
        implements Settings {

    private static final String PROXIES = "coffer.http.trusted-proxies";

    /** Copies the list. */
    public HttpSettings {
        trustedProxies = List.copyOf(trustedProxies);
    }

    /** The absolute address of a canonical path. */
    public URI location(String path) {
        return URI.create(publicUrl + path);
    }

    static HttpSettings read(SettingsReader reader) {
        return new HttpSettings(
                reader.address("coffer.http.public-url", "http://localhost:9080"),
                reader.list(PROXIES, "").stream().map(HttpSettings::range).toList(),
                reader.oneOf(
                        "coffer.http.forwarded-header",
                        "x-forwarded-for",
                        Set.of("x-forwarded-for", "forwarded")));
    }

    private static AddressRange range(String text) {
        try {
            return AddressRange.parse(text);
        } catch (IllegalArgumentException unreadable) {
            throw new SettingsProblem(
                    PROXIES, "has '" + text + "'", "addresses and CIDR blocks such as 10.0.0.0/8");
        }
    }

    /** Reads the settings once, at the start. */
    @Dependent
    static class Source {
        @Produces
        @Singleton
        HttpSettings settings(Config config) {
            return read(new SettingsReader(config));
        }
    }
}
