package coffer.people.proof;

/**
 * A key in the catalogue.
 *
 * @param id its {@code kid}
 * @param publicJwk RFC 7517
 * @param sealed the private half
 * @param pepperId which pepper sealed it
 * @param signs old enough that every node knows it
 * @param old the time for a successor has come
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, never shown.
record TokenKeyRow(
        String id, String publicJwk, byte[] sealed, String pepperId, boolean signs, boolean old) {}
