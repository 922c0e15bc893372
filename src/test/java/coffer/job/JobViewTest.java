package coffer.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

class JobViewTest {

    private static final Instant BEGAN = Instant.parse("2026-11-21T02:00:00Z");

    @Test
    void a_run_under_way_says_how_far_how_fast_and_how_long_still() {
        var run = run("running", step("scrub", 120, 1_000L, 60));

        assertThat(run.step()).isEqualTo("scrub");
        assertThat(run.itemsDone()).isEqualTo(120);
        assertThat(run.itemsTotal()).isEqualTo(1_000);
        assertThat(run.itemsPerSecond()).isEqualTo(2.0);
        assertThat(run.etaSeconds()).isEqualTo(440);
        assertThat(run.checkpoint()).isEqualTo("item 120");
        assertThat(run.restarts()).isEqualTo(1);
        assertThat(run.actions()).containsExactly("stop");
    }

    @Test
    void the_latest_step_is_the_one_that_counts() {
        var run = run("running", step("erase", 10, 10L, 5), step("look", 1, 4L, 1));

        assertThat(run.step()).isEqualTo("look");
        assertThat(run.etaSeconds()).isEqualTo(3);
        assertThat(run.steps()).hasSize(2);
    }

    @Test
    void what_nobody_can_know_is_absent() {
        assertThat(run("running", step("sweep", 3, null, 1)).etaSeconds()).isNull();
        assertThat(run("running", step("sweep", 0, 5L, 0)).itemsPerSecond()).isNull();
        assertThat(run("completed", step("sweep", 3, 3L, 1)).etaSeconds()).isNull();
        assertThat(run("waiting").itemsDone()).isNull();
    }

    private static JobRunRow.StepRow step(
            String name, long done, @Nullable Long total, long seconds) {
        return JobView.step(
                new Object[] {
                    null,
                    name,
                    done,
                    total,
                    "item " + done,
                    Timestamp.from(BEGAN),
                    Timestamp.from(BEGAN.plusSeconds(seconds))
                });
    }

    private static JobRunRow run(String state, JobRunRow.StepRow... steps) {
        var now = Timestamp.from(BEGAN);
        return JobView.run(
                new Object[] {
                    new UUID(0, 1),
                    "a-job",
                    state,
                    null,
                    now,
                    "user:x",
                    "{}",
                    "n1",
                    2,
                    now,
                    null,
                    null
                },
                Map.of(),
                List.of(steps));
    }
}
