package coffer.appliance;

import coffer.audit.AuditTrail;
import coffer.id.Caller;
import coffer.platform.NativeSql;
import coffer.platform.ProblemType;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Keeps the latest inventory of each system, and which ones it had before by their digests. */
@ApplicationScoped
public class InventoryDesk {

    private final ApplianceLedger ledger;
    private final AuditTrail trail;

    @Inject
    InventoryDesk(ApplianceLedger ledger, AuditTrail trail) {
        this.ledger = ledger;
        this.trail = trail;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected InventoryDesk() {
        this(null, null);
    }

    /**
     * Keeps an inventory; the same again only moves its time. {@link ProblemType#INVALID_INVENTORY}
     * for what is no JSON object that PostgreSQL can keep.
     *
     * @param json as it came; changed in place where it holds what cannot be kept
     */
    @Transactional
    void receive(Caller.Appliance caller, byte[] json) {
        if (!InventoryText.isObject(json)) {
            throw ProblemType.INVALID_INVENTORY.withoutDetail();
        }
        var sha256 = sha256(json);
        var id = caller.systemId();
        if (MessageDigest.isEqual(sha256, ledger.lockInventory(id))) {
            ledger.seeInventory(id);
            return;
        }
        InventoryText.makeStorable(json);
        try {
            ledger.keepInventory(id, json, sha256);
        } catch (PersistenceException fault) {
            throw isAboutTheText(fault) ? ProblemType.INVALID_INVENTORY.withoutDetail() : fault;
        }
        ledger.remember(id, json.length, sha256);
        trail.record(
                caller,
                "system.inventory_changed",
                "system:" + id,
                "done",
                Map.of("sha256", HexFormat.of().formatHex(sha256), "size_bytes", json.length));
    }

    /**
     * The one that is kept.
     *
     * @param changedAt since when it is the same
     * @param sizeBytes of the text
     * @param document the text, or null where it is larger than was asked for
     */
    public record Latest(
            Instant receivedAt, Instant changedAt, long sizeBytes, @Nullable String document) {}

    /** An inventory that once came: its content is not kept, only what it was known by. */
    public record Change(Instant at, String sha256, long sizeBytes) {}

    /** The latest, if one ever came. Who may see it is the caller's affair. */
    @Transactional
    public Optional<Latest> latest(UUID id, int mostBytes) {
        return ledger.inventory(id, mostBytes)
                .map(row ->
                        new Latest(
                                NativeSql.instant(row[0]),
                                NativeSql.instant(row[1]),
                                NativeSql.number(row[2]),
                                (String) row[3]));
    }

    /** When it changed, the newest first. */
    @Transactional
    public List<Change> changes(UUID id, int most) {
        return ledger.inventoryChanges(id, most).stream()
                .map(row ->
                        new Change(
                                NativeSql.instant(row[0]),
                                HexFormat.of().formatHex((byte[]) row[1]),
                                NativeSql.number(row[2])))
                .toList();
    }

    /** SQLSTATE class 22: data; 54: too deep or too large for {@code jsonb}. */
    private static boolean isAboutTheText(Throwable fault) {
        for (var at = fault; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState().startsWith("22") || sql.getSQLState().startsWith("54");
            }
        }
        return false;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("SHA-256 is part of every JDK", missing);
        }
    }
}
