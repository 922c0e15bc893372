package coffer.audit;

import static coffer.platform.NativeSql.instant;
import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import coffer.platform.Sql;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;

import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Inserts entries, and reads them; the database role of the application may do no more. */
@ApplicationScoped
class AuditLedger {

    /** An entry and its detail, in one statement. */
    private static final String ADD =
            """
            with entry as (
                insert into audit_entry (id, at, installation, source, actor, action, subject, outcome,
                                         request_id, schema_version, key_id, commitment, mac)
                values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13))
            insert into audit_detail (entry_id, salt, detail) values (?1, ?14, cast(?15 as jsonb))\
            """;

    private static final String ABOUT =
            """
            select id, at, actor, action, subject, outcome, request_id from audit_entry
             where subject = any (string_to_array(?1, ','))
               and (not ?2 or actor like 'user:%' or actor like 'api-key:%')
             order by at desc, id desc limit ?3 offset ?4\
            """;

    private final EntityManager entities;

    @Inject
    AuditLedger(EntityManager entities) {
        this.entities = entities;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected AuditLedger() {
        this(null);
    }

    @Transactional(MANDATORY)
    void add(Statement statement, byte[] commitment, byte[] mac, byte[] salt, String detail) {
        query(entities, ADD, terms(statement, commitment, mac, salt, detail)).executeUpdate();
    }

    @Transactional(MANDATORY)
    List<AuditHistory.Entry> about(String subjects, boolean byPeople, long offset, int most) {
        return rows(query(entities, ABOUT, subjects, byPeople, most, offset)).stream()
                .map(row ->
                        new AuditHistory.Entry(
                                (UUID) row[0],
                                instant(row[1]),
                                (String) row[2],
                                (String) row[3],
                                (String) row[4],
                                (String) row[5],
                                (String) row[6]))
                .toList();
    }

    /** As {@link #add}, sent together with the change it tells of. */
    static Sql<Integer> adding(
            Statement statement, byte[] commitment, byte[] mac, byte[] salt, String detail) {
        return Sql.update(ADD, terms(statement, commitment, mac, salt, detail));
    }

    private static @Nullable Object[] terms(
            Statement statement, byte[] commitment, byte[] mac, byte[] salt, String detail) {
        return new @Nullable Object[] {
            statement.id(),
            statement.at().atOffset(ZoneOffset.UTC),
            statement.installation(),
            Statement.SOURCE,
            statement.actor(),
            statement.action(),
            statement.subject(),
            statement.outcome(),
            statement.requestId(),
            Statement.SCHEMA_VERSION,
            statement.keyId(),
            commitment,
            mac,
            salt,
            detail
        };
    }
}
