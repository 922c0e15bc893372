package coffer.people.proof;

import coffer.platform.Secret;
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
import java.util.regex.Pattern;

/**
 * The OpenID Connect provider whose ID tokens are exchanged for ours, if there is one.
 *
 * @param issuer its {@code iss}, to the letter
 * @param jwks where its public keys are
 * @param audience our client id with it
 * @param freshness an ID token that was issued longer ago is refused
 * @param authorization where a browser signs in; absent: the pages do not offer it
 * @param token where a code is exchanged for an ID token
 * @param endSession where a browser signs out; absent: a sign-out ends the session here alone
 * @param clientSecret what proves us there; absent: the PKCE proof alone
 * @param name what people call it
 */
record ProviderSettings(
        Optional<String> issuer,
        Optional<URI> jwks,
        Optional<String> audience,
        Duration freshness,
        Optional<URI> authorization,
        Optional<URI> token,
        Optional<URI> endSession,
        Optional<Secret> clientSecret,
        String name)
        implements Settings {

    private static final String PREFIX = "coffer.oidc.";
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,40}");

    ProviderSettings {
        if (issuer.isPresent() != jwks.isPresent() || issuer.isPresent() != audience.isPresent()) {
            throw new SettingsProblem(
                    PREFIX + "issuer",
                    "is set without the others",
                    "issuer, jwks-url and audience");
        }
        if (authorization.isPresent() != token.isPresent()
                || (authorization.isPresent() && issuer.isEmpty())) {
            throw new SettingsProblem(
                    PREFIX + "authorization-url",
                    "is set without the others",
                    "authorization-url, token-url and issuer");
        }
        if (endSession.isPresent() && authorization.isEmpty()) {
            throw new SettingsProblem(
                    PREFIX + "end-session-url",
                    "is set without the others",
                    "end-session-url, authorization-url, token-url and issuer");
        }
    }

    static ProviderSettings read(SettingsReader reader) {
        return new ProviderSettings(
                reader.optional(PREFIX + "issuer"),
                reader.optionalAddress(PREFIX + "jwks-url"),
                reader.optional(PREFIX + "audience"),
                reader.duration(PREFIX + "freshness", "10m", "10s", "1d"),
                reader.optionalAddress(PREFIX + "authorization-url"),
                reader.optionalAddress(PREFIX + "token-url"),
                reader.optionalAddress(PREFIX + "end-session-url"),
                reader.optionalSecret(PREFIX + "client-secret"),
                reader.text(PREFIX + "name", "OpenID Connect", NAME));
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
