package coffer.people.proof;

import coffer.platform.Settings;
import coffer.platform.SettingsProblem;
import coffer.platform.SettingsReader;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.Config;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The OpenID Connect provider whose ID tokens are exchanged for ours, if there is one.
 *
 * @param issuer its {@code iss}, to the letter
 * @param jwks where its public keys are
 * @param audience our client id with it
 * @param freshness an ID token that was issued longer ago is refused
 */
record ProviderSettings(
        Optional<String> issuer, Optional<URI> jwks, Optional<String> audience, Duration freshness)
        implements Settings {

    private static final String PREFIX = "coffer.oidc.";

    ProviderSettings {
        if (issuer.isPresent() != jwks.isPresent() || issuer.isPresent() != audience.isPresent()) {
            throw new SettingsProblem(
                    PREFIX + "issuer",
                    "is set without the others",
                    "issuer, jwks-url and audience");
        }
    }

    static ProviderSettings read(SettingsReader reader) {
        return new ProviderSettings(
                reader.optional(PREFIX + "issuer"),
                reader.optionalAddress(PREFIX + "jwks-url"),
                reader.optional(PREFIX + "audience"),
                reader.duration(PREFIX + "freshness", "10m", "10s", "1d"));
    }

    /** Reads the settings once, at the start. */
    @Dependent
    static class Source {
        @Produces
        @Singleton
        ProviderSettings settings(Config config) {
            return read(new SettingsReader(config));
        }
    }
}
