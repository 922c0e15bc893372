package coffer.legacy;

import java.util.Locale;

/** The families of calls that old clients make; the text is a metric's label and a column. */
enum LegacyProtocol {
    /** {@code /{enterprise|community}/api/v2/backup}. */
    V2,
    /** {@code /proxy}. */
    PROXY,
    /** {@code /isa} and {@code POST /api/systems/info}. */
    ISA,
    /** {@code /api/machine}. */
    MACHINE,
    /** {@code POST /backup} with its action in a header. */
    NETHBACKUP;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
