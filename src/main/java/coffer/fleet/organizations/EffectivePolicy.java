package coffer.fleet.organizations;

import static coffer.organization.OrganizationPolicy.INHERIT;

import coffer.id.Visibility;
import coffer.organization.OrganizationRow;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * What holds for an organization, each value with who decided it.
 *
 * @param quotaBytes of its own subtree; never inherited: those above have quotas of their own
 * @param maxBackups per system
 * @param maxBytes per system
 * @param ciphertext {@code flag} or {@code demand}
 * @param downloads {@code all} or {@code restricted}
 */
public record EffectivePolicy(
        Rule<Long> quotaBytes,
        Rule<Integer> maxBackups,
        Rule<Long> maxBytes,
        Rule<String> ciphertext,
        Rule<String> downloads) {

    /**
     * A value.
     *
     * @param source {@code own}, {@code above}, or {@code default}: of the installation
     * @param organizationId who decided it; null for the default, and where the caller may not see
     * @param organizationName theirs
     */
    public record Rule<T>(
            T value,
            String source,
            @Nullable UUID organizationId,
            @Nullable String organizationName) {}

    /** From the organization upwards; what the caller may not see has no name. */
    record Search(List<OrganizationRow> along, Visibility visible) {

        <T> Rule<T> nearest(Function<OrganizationRow, @Nullable T> property, T usual) {
            for (var row : along.reversed()) {
                var value = property.apply(row);
                if (value != null) {
                    var own = row.equals(along.getLast());
                    var seen = visible.covers(row.path());
                    return new Rule<>(
                            value,
                            own ? "own" : "above",
                            seen ? row.id() : null,
                            seen ? row.name() : null);
                }
            }
            return new Rule<>(usual, "default", null, null);
        }

        Rule<String> said(Function<OrganizationRow, String> property, String usual) {
            return nearest(
                    row -> property.apply(row).equals(INHERIT) ? null : property.apply(row), usual);
        }
    }
}
