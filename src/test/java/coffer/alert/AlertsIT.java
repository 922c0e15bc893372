package coffer.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.audit.AuditTrail;
import coffer.id.Caller;
import coffer.launch.inside.Inside;
import coffer.platform.Executors;

import jakarta.inject.Inject;
import jakarta.transaction.TransactionalException;
import jakarta.transaction.UserTransaction;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javax.naming.InitialContext;
import javax.sql.DataSource;

/**
 * Runs inside the server: an alert and the entry that tells of it belong to the transaction of the
 * fact. No endpoint can roll back, nor hold a transaction open while another one comes.
 */
@ExtendWith(ArquillianExtension.class)
class AlertsIT {

    private static final AlertKind KIND = AlertKind.BACKUP_LATE;
    private static final String TESTED = "tested";

    @Inject private Alerts alerts;
    @Inject private AuditTrail trail;
    @Inject private UserTransaction transaction;
    @Inject private Executors executors;

    private final String subject = "system:" + UUID.randomUUID();

    @Deployment
    static WebArchive war() {
        return Inside.war("alerts", AlertsIT.class);
    }

    @Test
    void what_is_taken_back_was_never_said() throws Exception {
        transaction.begin();
        open();
        assertThat(rows()).as("within").isEqualTo(1);
        transaction.rollback();

        assertThat(rows()).isZero();
        assertThat(entries("alert.opened")).isZero();
    }

    @Test
    void nothing_is_said_outside_a_transaction() throws Exception {
        assertThatThrownBy(this::open).isInstanceOf(TransactionalException.class);
        assertThatThrownBy(() ->
                        trail.record(new Caller.Machine("test"), TESTED, subject, "done", Map.of()))
                .isInstanceOf(TransactionalException.class);

        assertThat(rows()).isZero();
        assertThat(entries(TESTED)).isZero();
    }

    @Test
    void the_second_of_two_at_once_waits_and_says_nothing() throws Exception {
        var opened = new CountDownLatch(1);
        transaction.begin();
        open();
        var second =
                executors
                        .virtual()
                        .submit(() -> {
                            opened.countDown();
                            return inTransaction(this::open);
                        });
        assertThat(opened.await(30, TimeUnit.SECONDS)).isTrue();
        transaction.commit();
        second.get(30, TimeUnit.SECONDS);

        assertThat(rows()).isEqualTo(1);
        assertThat(entries("alert.opened")).isEqualTo(1);
    }

    @Test
    void what_was_taken_back_leaves_the_second_its_word() throws Exception {
        transaction.begin();
        open();
        var second = executors.virtual().submit(() -> inTransaction(this::open));
        transaction.rollback();
        second.get(30, TimeUnit.SECONDS);

        assertThat(rows()).isEqualTo(1);
        assertThat(entries("alert.opened")).isEqualTo(1);
    }

    @Test
    void it_ends_once_and_may_open_again() throws Exception {
        inTransaction(this::open);
        inTransaction(this::open);
        inTransaction(() -> alerts.resolve(KIND, subject));
        inTransaction(() -> alerts.resolve(KIND, subject));
        assertThat(entries("alert.opened")).isEqualTo(1);
        assertThat(entries("alert.resolved")).isEqualTo(1);

        inTransaction(this::open);

        assertThat(rows()).as("one ended, one open").isEqualTo(2);
        assertThat(entries("alert.opened")).isEqualTo(2);
    }

    private void open() {
        alerts.open(KIND, subject, Map.of("by", "a test"));
    }

    private Void inTransaction(Runnable work) throws Exception {
        transaction.begin();
        work.run();
        transaction.commit();
        return null;
    }

    private long rows() throws Exception {
        return count("select count(*) from alert where subject = ?", subject);
    }

    private long entries(String action) throws Exception {
        return count(
                "select count(*) from audit_entry where subject = ? and action = ?",
                subject,
                action);
    }

    @SuppressWarnings("BanJNDI") // The server's own name, written here.
    private long count(String sql, String... parameters) throws Exception {
        DataSource database = InitialContext.doLookup("jdbc/coffer");
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(sql)) {
            for (var i = 0; i < parameters.length; i++) {
                query.setString(i + 1, parameters[i]);
            }
            try (var rows = query.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }
}
