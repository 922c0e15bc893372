package coffer.launch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class NodeIT {

    @Test
    void a_node_becomes_ready_survives_kill_9_and_leaves_no_process() {
        var instance = Parts.shared().instance("launch");

        try (var node = Node.on(instance, "a").startAndAwait()) {
            node.kill();
            node.startAndAwait();
            var process = ProcessHandle.of(node.pid()).orElseThrow();
            node.stop();

            assertThat(process.isAlive()).isFalse();
            assertThat(node.status("/health/live")).isEqualTo(-1);
        }
    }

    @Test
    void a_job_is_recorded_under_the_name_of_its_node() throws Exception {
        var instance = Parts.shared().instance("launch-jobs");

        try (var node =
                Node.on(instance, "one-of-two")
                        .with("coffer.job.pending-sweep.schedule", "* * * * * *")
                        .startAndAwait()) {
            Wait.until(
                    "a job ran",
                    Duration.ofSeconds(60),
                    () -> !server(instance).isEmpty() || !node.alive());

            assertThat(server(instance)).startsWith("one-of-two/");
        }
    }

    private static String server(Instance instance) throws Exception {
        try (var connection = instance.connect();
                var query =
                        connection.prepareStatement(
                                "select max(serverid) from batch.jobexecution");
                var rows = query.executeQuery()) {
            rows.next();
            var server = rows.getString(1);
            return server == null ? "" : server;
        }
    }
}
