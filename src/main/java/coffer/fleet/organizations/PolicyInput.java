package coffer.fleet.organizations;

import coffer.organization.OrganizationPolicy;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;

import org.jspecify.annotations.Nullable;

/** A whole policy as somebody wants it; what is absent or null is left to those above. */
public record PolicyInput(
        @Min(0) @Max(LARGEST) @Nullable Long quotaBytes,
        @Min(1) @Max(100_000) @Nullable Integer maxBackups,
        @Min(1) @Max(LARGEST) @Nullable Long maxBytes,
        @Pattern(regexp = "inherit|flag|demand") @Nullable String ciphertext,
        @Pattern(regexp = "inherit|all|restricted") @Nullable String downloads) {

    private static final long LARGEST = 1L << 50;

    /** As the tree keeps it. */
    public OrganizationPolicy wanted() {
        return new OrganizationPolicy(
                quotaBytes,
                maxBackups,
                maxBytes,
                ciphertext == null ? OrganizationPolicy.INHERIT : ciphertext,
                downloads == null ? OrganizationPolicy.INHERIT : downloads);
    }
}
