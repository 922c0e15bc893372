package coffer.people.proof;

import coffer.platform.Mac;

/**
 * What is kept of a password: HMAC-SHA-256(pepper, PBKDF2-HMAC-SHA-512(password)).
 *
 * @param iterations of PBKDF2
 * @param salt random, of this password alone
 * @param mac with the id of the pepper
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, never shown.
public record PasswordHash(int iterations, byte[] salt, Mac mac) {

    /** The only one so far. */
    public static final String SCHEME = "pbkdf2-hmac-sha512";

    @Override
    public String toString() {
        return "PasswordHash[****]";
    }
}
