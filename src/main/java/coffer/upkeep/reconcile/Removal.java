package coffer.upkeep.reconcile;

import java.util.Locale;

/** Which orphans a run may remove once their quarantine is over. */
enum Removal {
    /** None. */
    NONE,
    /** Those whose backup ended here. */
    KNOWN,
    /** Those too that came while this catalogue lived, which has never heard of them. */
    ORPHANS,
    /** All, those too that another life of the catalogue may want; however many. */
    UNKNOWN;

    static Removal of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
