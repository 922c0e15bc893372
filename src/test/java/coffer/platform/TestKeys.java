package coffer.platform;

import java.util.Map;

/** A key ring for tests without a server. */
public final class TestKeys {

    private TestKeys() {}

    /** One key, {@code k1}, for each purpose. */
    public static KeyRing ring() {
        return ring("k1", Map.of("k1", "the first key of a test, not secret at all"));
    }

    /** The same keys for each purpose. */
    public static KeyRing ring(String current, Map<String, String> secrets) {
        var named = new java.util.HashMap<String, Secret>();
        secrets.forEach((id, text) -> named.put(id, new Secret(text)));
        var keys = new KeySettings.Keys(current, named);
        return new KeyRing(
                new KeySettings(
                        Map.of("pepper", keys, "audit", keys, "bus", keys, "receipt", keys)));
    }
}
