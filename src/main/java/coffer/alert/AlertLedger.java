package coffer.alert;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import java.util.Locale;
import java.util.UUID;

/** Alerts in the catalogue; a partial unique index keeps one open alert per code and subject. */
@ApplicationScoped
class AlertLedger {

    private final EntityManager entities;

    @Inject
    AlertLedger(EntityManager entities) {
        this.entities = entities;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected AlertLedger() {
        this(null);
    }

    @Transactional(MANDATORY)
    boolean open(UUID id, String code, String subject, Alerts.Severity severity, String arguments) {
        return entities.createNativeQuery(
                                """
                                insert into alert (id, code, subject, severity, arguments, opened_at)
                                values (?1, ?2, ?3, ?4, cast(?5 as jsonb), coffer_now())
                                on conflict (code, subject) where resolved_at is null do nothing
                                """)
                        .setParameter(1, id)
                        .setParameter(2, code)
                        .setParameter(3, subject)
                        .setParameter(4, severity.name().toLowerCase(Locale.ROOT))
                        .setParameter(5, arguments)
                        .executeUpdate()
                == 1;
    }

    @Transactional(MANDATORY)
    boolean resolve(String code, String subject) {
        return entities.createNativeQuery(
                                """
                                update alert set resolved_at = coffer_now()
                                 where code = ?1 and subject = ?2 and resolved_at is null
                                """)
                        .setParameter(1, code)
                        .setParameter(2, subject)
                        .executeUpdate()
                == 1;
    }
}
