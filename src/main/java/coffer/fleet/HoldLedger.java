package coffer.fleet;

import static coffer.platform.NativeSql.instant;
import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;

import java.util.List;
import java.util.UUID;

/** Legal holds in the catalogue; {@code is_held} reads them for retention. */
@ApplicationScoped
class HoldLedger {

    /** What a hold is on; the word is its column. */
    enum On {
        ORGANIZATION("organization_id"),
        SYSTEM("appliance_id");

        private final String column;

        On(String column) {
            this.column = column;
        }
    }

    private final EntityManager database;

    @Inject
    HoldLedger(EntityManager database) {
        this.database = database;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected HoldLedger() {
        this(null);
    }

    /** False when that organization has one on it already. */
    boolean set(UUID id, On on, UUID subject, String reason, String actor, UUID organization) {
        return query(
                                database,
                                """
                                insert into legal_hold (id, %s, reason, set_by, set_by_organization, set_at)
                                values (?1, ?2, ?3, ?4, ?5, coffer_now()) on conflict do nothing\
                                """
                                        .formatted(on.column),
                                id,
                                subject,
                                reason,
                                actor,
                                organization)
                        .executeUpdate()
                == 1;
    }

    /** The open ones on the thing itself; {@code liftable} for the setter's level or one above. */
    List<HoldView> open(On on, UUID subject, UUID organization) {
        return rows(
                        query(
                                database,
                                """
                                select h.id, h.reason, h.set_by, h.set_by_organization, h.set_at,
                                       ?2 = any (path_ids(o.path))
                                  from legal_hold h join organization o on o.id = h.set_by_organization
                                 where h.%s = ?1 and h.lifted_at is null order by h.set_at, h.id\
                                """
                                        .formatted(on.column),
                                subject,
                                organization))
                .stream()
                .map(row ->
                        new HoldView(
                                (UUID) row[0],
                                (String) row[1],
                                (String) row[2],
                                (UUID) row[3],
                                instant(row[4]),
                                (boolean) row[5]))
                .toList();
    }

    void lift(UUID id, String actor) {
        query(
                        database,
                        "update legal_hold set lifted_at = coffer_now(), lifted_by = ?2 where id ="
                                + " ?1 and lifted_at is null",
                        id,
                        actor)
                .executeUpdate();
    }
}
