package coffer.ui.once;

import static coffer.platform.NativeSql.query;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Forms that were sent, for as long as they could be sent again. */
@ApplicationScoped
@Transactional(MANDATORY)
class SentFormLedger {

    private final EntityManager database;

    @Inject
    SentFormLedger(EntityManager database) {
        this.database = database;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected SentFormLedger() {
        this(null);
    }

    /** True for the first; another that comes meanwhile waits for the end of its transaction. */
    boolean claim(UUID form, UUID session) {
        return query(
                                database,
                                """
                                insert into sent_form (id, session_id, sent_at)
                                values (?1, ?2, coffer_now()) on conflict (id) do nothing
                                """,
                                form,
                                session)
                        .executeUpdate()
                == 1;
    }

    /** Where the form leads, from now on. */
    void keep(UUID form, String address) {
        query(database, "update sent_form set address = ?2 where id = ?1", form, address)
                .executeUpdate();
    }

    /** Where a form led that the person of this session sent before, in this session or another. */
    Optional<String> led(UUID form, UUID session) {
        List<?> found =
                query(
                                database,
                                """
                                select f.address
                                  from sent_form f
                                  join person_session before on before.id = f.session_id
                                  join person_session present on present.account_id = before.account_id
                                 where f.id = ?1 and present.id = ?2
                                """,
                                form,
                                session)
                        .getResultList();
        return found.stream().map(String.class::cast).findFirst();
    }

    /** Drops old ones, at most so many; what another drops is left to it. */
    void purge(int most) {
        query(
                        database,
                        """
                        delete from sent_form where id in (
                            select id from sent_form
                             where sent_at < coffer_now() - interval '2 days'
                             order by sent_at limit ?1 for update skip locked)
                        """,
                        most)
                .executeUpdate();
    }
}
