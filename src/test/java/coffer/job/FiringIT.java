package coffer.job;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.Instance;
import coffer.launch.Parts;
import coffer.platform.Ids;
import coffer.platform.TestInstallation;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/** Three nodes' schedulers on one real database, and a clock that the test moves. */
class FiringIT {

    private static final String JOB = "pending-sweep";
    private static final int NODES = 3;

    private static Instance instance;

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-21T07:00:00Z"));
    private final Clock clock = new MovedClock(now);

    @BeforeAll
    static void migrate() throws SQLException, IOException {
        instance = Parts.shared().instance("firing");
        try (var files = Files.list(Path.of("src/main/resources/db/migration"));
                var connection = instance.connect();
                var statement = connection.createStatement()) {
            var scripts =
                    files.filter(file -> file.getFileName().toString().endsWith(".sql"))
                            .sorted(Comparator.comparing(FiringIT::version))
                            .toList();
            for (var script : scripts) {
                statement.execute(Files.readString(script));
            }
        }
    }

    /** {@code 7.1} of {@code V7_1__what.sql}. */
    private static double version(Path script) {
        var name = script.getFileName().toString();
        return Double.parseDouble(name.substring(1, name.indexOf("__")).replace('_', '.'));
    }

    @BeforeEach
    void forget() throws SQLException {
        sql("truncate job_run cascade");
        sql("truncate job_schedule");
    }

    @Test
    void two_hundred_instants_are_fired_for_once_each_by_three_nodes() throws Exception {
        var expression = CronExpression.parse("* * * * *", ZoneOffset.UTC);
        var nodes = nodes(expression, "* * * * *");
        beginAt("* * * * *", "Z", now.get());

        for (var i = 0; i < 200; i++) {
            now.updateAndGet(before -> before.plusSeconds(60));
            lookAtOnce(nodes);
            sql("update job_run set state = 'completed' where state = 'waiting'");
        }

        assertThat(fired()).hasSize(200).doesNotHaveDuplicates();
        assertThat(number("select count(*) from job_run where state = 'skipped'")).isZero();
        close(nodes);
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Rome, 2026-03-29, 10 2, 2026-03-29T01:00:00Z",
        "Europe/Rome, 2026-10-25, 30 2, 2026-10-25T00:30:00Z",
        "America/New_York, 2026-03-08, 10 2, 2026-03-08T07:00:00Z",
        "America/New_York, 2026-11-01, 30 1, 2026-11-01T05:30:00Z",
        "Australia/Lord_Howe, 2026-10-04, 10 2, 2026-10-03T15:30:00Z",
        "Australia/Lord_Howe, 2026-04-05, 45 1, 2026-04-04T14:45:00Z"
    })
    void on_a_day_whose_clock_is_changed_a_nightly_job_fires_once(
            String zone, LocalDate day, String time, Instant expected) throws Exception {
        var text = time + " * * *";
        var expression = CronExpression.parse(text, ZoneId.of(zone));
        var nodes = nodes(expression, text);
        var start = day.atStartOfDay(ZoneId.of(zone)).toInstant();
        now.set(start);
        beginAt(text, zone, start);

        for (var i = 0; i < 22; i++) {
            now.updateAndGet(before -> before.plus(Duration.ofHours(1)));
            lookAtOnce(nodes);
        }

        assertThat(fired()).containsExactly(expected);
        close(nodes);
    }

    @Test
    void a_downtime_is_made_up_for_by_one_firing_for_the_latest_instant() throws Exception {
        var expression = CronExpression.parse("* * * * *", ZoneOffset.UTC);
        var node = new Node(expression, "* * * * *");
        beginAt("* * * * *", "Z", now.get());
        now.updateAndGet(before -> before.plusSeconds(60));
        node.look();
        node.close();
        sql("update job_run set state = 'completed'");

        now.updateAndGet(before -> before.plus(Duration.ofDays(3)));
        var after = new Node(expression, "* * * * *");
        after.look();
        after.look();

        assertThat(fired())
                .containsExactly(
                        Instant.parse("2026-11-21T07:01:00Z"),
                        Instant.parse("2026-11-24T07:01:00Z"));
        after.close();
    }

    @Test
    void a_new_schedule_makes_up_for_nothing_that_was_before_it() throws Exception {
        var expression = CronExpression.parse("55 23 * * *", ZoneOffset.UTC);
        var node = new Node(expression, "55 23 * * *");
        now.set(Instant.now());

        node.look();

        assertThat(fired()).isEmpty();
        node.close();
    }

    @Test
    void a_firing_while_the_job_has_not_ended_is_recorded_as_skipped() throws Exception {
        var expression = CronExpression.parse("* * * * *", ZoneOffset.UTC);
        var node = new Node(expression, "* * * * *");
        beginAt("* * * * *", "Z", now.get());

        for (var i = 0; i < 3; i++) {
            now.updateAndGet(before -> before.plusSeconds(60));
            node.look();
        }

        assertThat(number("select count(*) from job_run where state = 'waiting'")).isEqualTo(1);
        assertThat(number("select count(*) from job_run where state = 'skipped'")).isEqualTo(2);
        node.close();
    }

    private List<Node> nodes(CronExpression expression, String text) throws SQLException {
        var nodes = new ArrayList<Node>();
        for (var i = 0; i < NODES; i++) {
            nodes.add(new Node(expression, text));
        }
        return nodes;
    }

    /** All look at the same moment, again and again as real nodes do. */
    private static void lookAtOnce(List<Node> nodes) throws Exception {
        var start = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(nodes.size())) {
            var looks =
                    nodes.stream()
                            .map(node ->
                                    threads.submit(() -> {
                                        start.await();
                                        node.look();
                                        return null;
                                    }))
                            .toList();
            start.countDown();
            for (var look : looks) {
                look.get();
            }
        }
    }

    private static void beginAt(String expression, String zone, Instant instant)
            throws SQLException {
        sql(
                "insert into job_schedule (job, expression, zone, since) values ('%s', '%s', '%s', '%s')"
                        .formatted(JOB, expression, zone, instant));
    }

    private static List<Instant> fired() throws SQLException {
        var instants = new ArrayList<Instant>();
        try (var connection = instance.connect();
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "select scheduled_at from job_run where state <> 'skipped' order by"
                                        + " 1")) {
            while (rows.next()) {
                instants.add(rows.getTimestamp(1).toInstant());
            }
        }
        return instants;
    }

    private static void close(List<Node> nodes) throws SQLException {
        for (var node : nodes) {
            node.close();
        }
    }

    private static void sql(String statement) throws SQLException {
        try (var connection = instance.connect();
                var run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    private static long number(String query) throws SQLException {
        try (var connection = instance.connect();
                var run = connection.createStatement();
                var rows = run.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** One node's scheduler on a connection of its own. */
    private final class Node {

        private final Connection connection;
        private final FiringDesk desk;

        Node(CronExpression expression, String text) throws SQLException {
            connection = instance.connect();
            connection.setAutoCommit(false);
            var database = JdbcEntities.on(connection);
            desk =
                    new FiringDesk(
                            new ScheduleLedger(database),
                            new RunLedger(database),
                            settings(expression, text),
                            TestInstallation.of("i-firing"),
                            new Ids(clock),
                            clock);
        }

        void look() throws SQLException {
            try {
                desk.fireWhatIsDue();
                connection.commit();
            } finally {
                connection.rollback();
            }
        }

        void close() throws SQLException {
            connection.close();
        }
    }

    private static JobSettings settings(CronExpression expression, String text) {
        var off =
                new JobSettings.Schedule(
                        JobSettings.OFF, ZoneOffset.UTC, Duration.ZERO, Optional.empty());
        var schedules = new java.util.HashMap<String, JobSettings.Schedule>();
        JobDescription.ALL.forEach(job -> schedules.put(job.name(), off));
        schedules.put(
                JOB,
                new JobSettings.Schedule(
                        text, expression.zone(), Duration.ofSeconds(5), Optional.of(expression)));
        return new JobSettings(Map.copyOf(schedules), Duration.ofSeconds(20));
    }
}
