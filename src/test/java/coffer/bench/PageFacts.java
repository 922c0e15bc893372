package coffer.bench;

import coffer.launch.Node;
import coffer.launch.People;
import coffer.launch.PersonClient;
import coffer.launch.Wait;

import java.sql.SQLException;
import java.time.Duration;

/**
 * What the lists of a large installation have besides systems and backups: people, alerts, an audit
 * trail, erasures.
 */
final class PageFacts {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Bed bed;

    PageFacts(Bed bed) {
        this.bed = bed;
    }

    /**
     * One person in each organization; every overdue system with the alert that it would have, and
     * 50,000 of the past; four audit entries for each system; a million in all where there are as
     * many backups.
     */
    void fill() throws SQLException {
        Sql.run(
                bed.instance,
                """
                insert into account (id, organization_id, username, name, email, roles, password_scheme, password_iterations,
                       password_salt, password_key_id, password_mac, created_at)
                select gen_random_uuid(), o.id, 'person-' || row_number() over (order by o.id), 'Person of ' || o.name,
                       'person-' || row_number() over (order by o.id) || '@example.org', array['reader'],
                       m.password_scheme, m.password_iterations, m.password_salt, m.password_key_id, m.password_mac, coffer_now()
                  from organization o cross join (select * from account limit 1) m;
                insert into alert (id, code, subject, severity, opened_at)
                select gen_random_uuid(), 'backup.overdue', 'system:' || a.id, 'critical', u.overdue_at
                  from appliance a join appliance_usage u on u.appliance_id = a.id join organization o on o.id = a.organization_id
                 where u.overdue_at <= coffer_now() and a.deleted_at is null and a.suspended_at is null
                   and o.suspended_at is null and o.deleted_at is null
                on conflict do nothing;
                insert into alert (id, code, subject, severity, opened_at, resolved_at)
                select gen_random_uuid(), 'backup.overdue', 'system:' || a.id, 'critical',
                       coffer_now() - random() * interval '300 days' - interval '1 day', coffer_now() - random() * interval '1 day'
                  from appliance a order by random() limit 50000;
                insert into audit_entry (id, at, installation, source, actor, action, subject, outcome, schema_version, key_id,
                       commitment, mac)
                select gen_random_uuid(), b.uploaded_at, i.id, 'coffer', 'system:' || b.subject_id, 'backup.stored', 'backup:' || b.id,
                       'done', 1, 'k1', sha256('x'), sha256('x')
                  from backup b cross join installation i;
                insert into audit_entry (id, at, installation, source, actor, action, subject, outcome, schema_version, key_id,
                       commitment, mac)
                select gen_random_uuid(), coffer_now() - n * interval '7 days', i.id, 'coffer', 'user:' || p.id, 'system.updated',
                       'system:' || a.id, 'done', 1, 'k1', sha256('x'), sha256('x')
                  from appliance a cross join installation i cross join generate_series(1, 4) n
                 cross join (select id from account limit 1) p
                """);
        Sql.run(bed.instance, "vacuum analyze");
    }

    /** One erasure that was really done, and three hundred rows with its receipt. */
    void erase(Node node, String username) throws SQLException {
        var client = PersonClient.signIn(node, username, People.PASSWORD);
        var system =
                Sql.text(
                        bed.instance,
                        "select a.id from appliance a join organization o on o.id = a.organization_id where o.name = 'Customer 1.1.1' order by a.id limit 1");
        client.delete("/api/systems/" + system);
        var purge = client.delete("/api/systems/" + system + "/destroy").text("data", "purge_id");
        Wait.until(
                "an erasure is done",
                PATIENCE,
                () ->
                        client.get("/api/purges/" + purge)
                                .text("data", "state")
                                .equalsIgnoreCase("done"));
        Sql.run(
                bed.instance,
                """
                insert into purge (id, subject_kind, subject_id, path, state, requested_at, requested_by, run_id, wait_until,
                       completed_at, receipt)
                select gen_random_uuid(), 'system', gen_random_uuid(), o.path, p.state, p.requested_at - n * interval '1 day', p.requested_by,
                       p.run_id, p.wait_until, p.completed_at, p.receipt
                  from purge p cross join generate_series(1, 300) n
                 cross join lateral (select path from organization where n > 0 order by random() limit 1) o
                 where p.id = '%s'
                """
                        .formatted(purge));
    }
}
