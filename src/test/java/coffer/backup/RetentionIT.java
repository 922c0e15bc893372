package coffer.backup;

import static coffer.launch.Bodies.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.Seed;
import coffer.launch.TestSite;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A thief with one system's secret does what the API lets it, in any order; the owner's history
 * outlives it.
 */
class RetentionIT {

    private static final int CAP = 100_000;
    private static final int DAYS = 8;

    private static TestSite site;

    @BeforeAll
    static void open() {
        site = TestSite.open("retention", Map.of("coffer.retention.max-size", String.valueOf(CAP)));
        site.passMidnight();
    }

    @AfterAll
    static void close() {
        site.close();
    }

    @AfterEach
    void catalogue_and_store_agree() {
        site.checkSettled();
    }

    @Test
    void a_flood_of_small_backups_thins_itself() {
        var system = ownerWithHistory();
        var client = site.client(system);
        var before = keptDays(system);

        for (var i = 0; i < 60; i++) {
            assertThat(client.upload(bytes(50, 1_000 + i), "flood" + i + ".bin").status())
                    .isIn(201, 413);
        }

        assertThat(lost(before, keptDays(system))).hasSizeLessThanOrEqualTo(1);
        assertThat(client.ids()).hasSizeLessThanOrEqualTo(10);
    }

    @Test
    void a_flood_of_large_backups_costs_at_most_one_earlier_day_a_day() {
        var system = ownerWithHistory();
        var client = site.client(system);
        var before = keptDays(system);

        for (var day = 0; day < 3; day++) {
            for (var i = 0; i < 8; i++) {
                assertThat(client.upload(bytes(CAP - 1, 2_000 + 10 * day + i), "huge.bin").status())
                        .isIn(201, 413);
            }
            var after = keptDays(system);
            assertThat(lost(before, after))
                    .as("days lost by day " + day)
                    .hasSizeLessThanOrEqualTo(day + 1);
            site.advance(Duration.ofDays(1));
        }

        assertThat(space(system)).isLessThanOrEqualTo(3L * CAP);
    }

    @Test
    void deletions_empty_the_list_and_lose_nothing_for_good() {
        var system = ownerWithHistory();
        var client = site.client(system);
        var before = keptDays(system);

        var statuses = new ArrayList<Integer>();
        for (var id : client.ids()) {
            statuses.add(client.delete(id).status());
        }

        assertThat(statuses).allMatch(status -> status == 200 || status == 429);
        assertThat(keptDays(system)).isEqualTo(before);
        assertThat(
                        site.number(
                                "select count(*) from alert where code = 'backup.deletions' and"
                                        + " subject like '%"
                                        + system.id()
                                        + "%'"))
                .isEqualTo(1);
    }

    @Test
    void deleting_and_flooding_together_leave_all_but_one_earlier_day() {
        var system = ownerWithHistory();
        var client = site.client(system);
        var before = keptDays(system);

        client.ids().forEach(client::delete);
        for (var i = 0; i < 10; i++) {
            client.upload(bytes(CAP - 100 - i, 3_000 + i), "huge.bin");
            client.ids().forEach(client::delete);
        }

        assertThat(lost(before, keptDays(system))).hasSizeLessThanOrEqualTo(1);
        assertThat(space(system)).isLessThanOrEqualTo(3L * CAP);
    }

    @Test
    void the_newest_backup_survives_its_own_retention() {
        var client = site.client();

        for (var i = 0; i < 15; i++) {
            var stored = client.upload(bytes(20_000, 4_000 + i), "n.bin");

            assertThat(stored.status()).isEqualTo(201);
            assertThat(client.ids().getFirst()).isEqualTo(stored.id());
        }
    }

    /** One backup of 6 KB a day, up to yesterday. */
    private static Seed.Firewall ownerWithHistory() {
        var system = site.system();
        var client = site.client(system);
        for (var day = 0; day < DAYS; day++) {
            assertThat(client.upload(bytes(6_000, day), "night.tar.gz.gpg").status())
                    .isEqualTo(201);
            site.advance(Duration.ofDays(1));
        }
        return system;
    }

    /** UTC days of which something is still there, live or in the trash. */
    private static Set<LocalDate> keptDays(Seed.Firewall system) {
        var days = new HashSet<LocalDate>();
        try (var connection = site.instance().connect();
                var query =
                        connection.prepareStatement(
                                """
                                select distinct cast(uploaded_at at time zone 'UTC' as date) from backup
                                 where subject_id = ? and state in ('STORED', 'TRASHED')\
                                """)) {
            query.setObject(1, system.id());
            var rows = query.executeQuery();
            while (rows.next()) {
                days.add(rows.getObject(1, LocalDate.class));
            }
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
        return days;
    }

    private static List<LocalDate> lost(Set<LocalDate> before, Set<LocalDate> after) {
        return before.stream().filter(day -> !after.contains(day)).toList();
    }

    private static long space(Seed.Firewall system) {
        return site.number(
                "select live_bytes + trash_bytes from appliance_usage where appliance_id = '"
                        + system.id()
                        + "'");
    }
}
