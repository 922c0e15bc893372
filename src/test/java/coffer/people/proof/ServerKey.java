package coffer.people.proof;

import coffer.platform.Ids;
import coffer.platform.TestKeys;

import com.nimbusds.jose.jwk.RSAKey;

import java.time.Clock;
import java.util.Map;

/** Opens a server's signing key, for tests that know its pepper. */
public final class ServerKey {

    private ServerKey() {}

    /** The key with its private half. */
    public static RSAKey open(String pepper, String id, byte[] sealed, String pepperId) {
        var keys = TestKeys.ring(pepperId, Map.of(pepperId, pepper));
        return new KeyBox(keys, new Ids(Clock.systemUTC())).open(id, sealed, pepperId);
    }
}
