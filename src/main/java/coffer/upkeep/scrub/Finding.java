package coffer.upkeep.scrub;

/** What reading a copy back has shown. */
enum Finding {
    VERIFIED,
    CORRUPT,
    MISSING,
    /** The store gave no answer: nothing is known, and its turn stays. */
    AWAY,
    /** The store said no: nothing is known. */
    REFUSED;

    boolean known() {
        return this == VERIFIED || this == CORRUPT || this == MISSING;
    }

    /** As the catalogue writes it. */
    String health() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
