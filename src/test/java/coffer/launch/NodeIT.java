package coffer.launch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NodeIT {

    @Test
    void a_node_becomes_ready_and_leaves_no_process() {
        var instance = Parts.shared().instance("launch");
        var node = Node.on(instance, "a");

        try (node) {
            node.startAndAwait();
            System.out.println("start cost " + node.cpu());

            assertThat(node.status("/health/live")).isEqualTo(200);
        }

        assertThat(node.alive()).isFalse();
    }
}
