package coffer.fleet.organizations;

import coffer.organization.OrganizationPolicy;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An organization on the wire.
 *
 * @param type owner, distributor, reseller or customer
 * @param status {@code active}, {@code suspended} or {@code deleted}, by itself or by one above
 * @param suspended its own mark
 * @param deleted its own mark
 * @param held a legal hold is on it or on one above
 * @param erasing it is being erased by law, which cannot be taken back
 * @param policy what is decided about itself; null and {@code inherit} are left to those above
 * @param actions what this caller may do to it
 */
public record OrganizationView(
        UUID id,
        String name,
        String type,
        @Nullable UUID parentId,
        String status,
        boolean suspended,
        @Nullable Instant suspendedAt,
        boolean deleted,
        @Nullable Instant deletedAt,
        Instant createdAt,
        boolean held,
        boolean erasing,
        OrganizationPolicy policy,
        List<String> actions) {

    static OrganizationView of(ListedOrganization one, List<String> actions) {
        var row = one.row();
        return new OrganizationView(
                row.id(),
                row.name(),
                row.kind(),
                row.parentId(),
                one.status(),
                row.suspended(),
                row.suspendedAt(),
                row.deleted(),
                row.deletedAt(),
                row.createdAt(),
                one.held(),
                one.erasing(),
                row.policy(),
                actions);
    }
}
