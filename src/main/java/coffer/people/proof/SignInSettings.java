package coffer.people.proof;

import coffer.platform.Secret;
import coffer.platform.Settings;
import coffer.platform.SettingsReader;
import coffer.platform.TokenBuckets;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.Config;

import java.time.Duration;
import java.util.Optional;

/**
 * How people sign in.
 *
 * @param accessTtl life of an access token
 * @param sessionTtl after it a person signs in again, whatever was refreshed
 * @param pageIdle a person who opens no page for so long signs in again
 * @param keyLifetime age at which the key that signs access tokens gets a successor
 * @param hashIterations of PBKDF2; a password with fewer is hashed anew at its next sign-in
 * @param hashesAtOnce on this node; whoever comes then waits, and not for long
 * @param failures in a row before a name is locked
 * @param lock the first lock; each further failure doubles it
 * @param longestLock no lock is longer
 * @param byAddress attempts of one client address
 * @param ownerPassword of the first account; absent: one is made and printed
 * @param cacheEntries people and keys that a node remembers
 */
public record SignInSettings(
        Duration accessTtl,
        Duration sessionTtl,
        Duration pageIdle,
        Duration keyLifetime,
        int hashIterations,
        int hashesAtOnce,
        int failures,
        Duration lock,
        Duration longestLock,
        TokenBuckets.Rate byAddress,
        Optional<Secret> ownerPassword,
        int cacheEntries)
        implements Settings {

    private static final String PREFIX = "coffer.sign-in.";

    static SignInSettings read(SettingsReader reader) {
        return new SignInSettings(
                reader.duration(PREFIX + "access-ttl", "15m", "1m", "1h"),
                reader.duration(PREFIX + "session-ttl", "7d", "1h", "90d"),
                reader.duration(PREFIX + "page-idle", "30m", "5m", "12h"),
                reader.duration(PREFIX + "key-lifetime", "90d", "1d", "3650d"),
                (int) reader.number(PREFIX + "hash-iterations", 210_000, 1_000, 10_000_000),
                (int) reader.number(PREFIX + "hashes-at-once", 2, 1, 256),
                (int) reader.number(PREFIX + "failures", 5, 1, 100),
                reader.duration(PREFIX + "lock", "1m", "1s", "1d"),
                reader.duration(PREFIX + "longest-lock", "15m", "1s", "7d"),
                new TokenBuckets.Rate(
                        reader.number(PREFIX + "rate-per-minute", 60, 1, 1_000_000),
                        reader.number(PREFIX + "rate-per-hour", 600, 1, 10_000_000)),
                reader.optionalSecret(PREFIX + "owner-password"),
                (int) reader.number(PREFIX + "cache-entries", 10_000, 1, 1_000_000));
    }

    /** Reads the settings once, at the start. */
    @Dependent
    static class Source {
        @Produces
        @Singleton
        SignInSettings settings(Config config) {
            return read(new SettingsReader(config));
        }
    }
}
