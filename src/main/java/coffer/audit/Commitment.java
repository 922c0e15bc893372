package coffer.audit;

import coffer.platform.web.Json;

import org.erdtman.jcs.JsonCanonicalizer;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA-256(salt, canonical JSON of entry and detail by RFC 8785). Without the salt nobody can
 * guess an erased detail from it; with it anybody can check that the detail is the one written.
 */
final class Commitment {

    private static final String ALGORITHM = "HmacSHA256";

    private Commitment() {}

    static byte[] of(byte[] salt, Statement statement, Map<String, ?> detail) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(salt, ALGORITHM));
            return mac.doFinal(canonical(statement, detail));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(ALGORITHM + " is part of every JDK", missing);
        }
    }

    static String json(Map<String, ?> detail) {
        return Json.text(detail);
    }

    private static byte[] canonical(Statement statement, Map<String, ?> detail) {
        var whole = new LinkedHashMap<String, Object>();
        whole.put("id", statement.id().toString());
        whole.put("at", statement.at().toString());
        whole.put("installation", statement.installation());
        whole.put("source", Statement.SOURCE);
        whole.put("actor", statement.actor());
        whole.put("action", statement.action());
        whole.put("subject", statement.subject());
        whole.put("outcome", statement.outcome());
        if (statement.requestId() != null) {
            whole.put("request_id", statement.requestId());
        }
        whole.put("schema_version", Statement.SCHEMA_VERSION);
        whole.put("key_id", statement.keyId());
        whole.put("detail", detail);
        try {
            return new JsonCanonicalizer(Json.text(whole)).getEncodedUTF8();
        } catch (IOException notJson) {
            throw new IllegalArgumentException("not fit for the audit trail", notJson);
        }
    }
}
