package coffer.platform;

import java.security.MessageDigest;
import java.util.Arrays;

/** A keyed digest and the id of its key. Immutable: the digest is copied in and out. */
public final class Mac {

    private final String keyId;
    private final byte[] digest;

    public Mac(String keyId, byte[] digest) {
        this.keyId = keyId;
        this.digest = digest.clone();
    }

    /** Which key of its purpose made it. */
    public String keyId() {
        return keyId;
    }

    /** 32 bytes. */
    public byte[] digest() {
        return digest.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Mac that
                && keyId.equals(that.keyId)
                && MessageDigest.isEqual(digest, that.digest);
    }

    @Override
    public int hashCode() {
        return keyId.hashCode() * 31 + Arrays.hashCode(digest);
    }

    @Override
    public String toString() {
        return "Mac[" + keyId + "]";
    }
}
