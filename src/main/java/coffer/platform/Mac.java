package coffer.platform;

/**
 * A keyed digest and the id of its key.
 *
 * @param keyId which key of its purpose made it
 * @param digest 32 bytes; a copy, inside and out
 */
public record Mac(String keyId, byte[] digest) {

    /** Copies the digest. */
    public Mac {
        digest = digest.clone();
    }

    @Override
    public byte[] digest() {
        return digest.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Mac that
                && keyId.equals(that.keyId)
                && java.security.MessageDigest.isEqual(digest, that.digest);
    }

    @Override
    public int hashCode() {
        return keyId.hashCode() * 31 + java.util.Arrays.hashCode(digest);
    }

    @Override
    public String toString() {
        return "Mac[" + keyId + "]";
    }
}
