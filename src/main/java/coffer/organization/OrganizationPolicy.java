package coffer.organization;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/**
 * What is decided about an organization; what is left open is inherited from above.
 *
 * @param quotaBytes live and reserved bytes of its whole subtree, 0 for no limit, or null for the
 *     installation's default for its own systems
 * @param maxBackups live backups per system, or null
 * @param maxBytes live bytes per system, or null
 * @param ciphertext {@code inherit}, {@code flag} or {@code demand}
 * @param downloads {@code inherit}, {@code all} or {@code restricted}: to admin and support
 */
public record OrganizationPolicy(
        @Nullable Long quotaBytes,
        @Nullable Integer maxBackups,
        @Nullable Long maxBytes,
        String ciphertext,
        String downloads) {

    /** The word for what is left to those above. */
    public static final String INHERIT = "inherit";

    /** Refuses the absence of words. */
    public OrganizationPolicy {
        Objects.requireNonNull(ciphertext);
        Objects.requireNonNull(downloads);
    }

    /** True when its subtree has a counter of its own. */
    public boolean capped() {
        return quotaBytes != null && quotaBytes > 0;
    }
}
