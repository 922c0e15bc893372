package coffer.launch.demo;

import coffer.launch.ApplianceClient.Answer;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** What the systems send, many at once, each at most once at a time. */
final class DemoHistory implements AutoCloseable {

    private static final int AT_ONCE = 8;

    private final URI node;
    private final DemoBytes bytes = new DemoBytes();
    private final AtomicInteger uploads = new AtomicInteger();
    private final ExecutorService threads =
            Executors.newFixedThreadPool(
                    AT_ONCE, work -> Thread.ofPlatform().daemon().name("demo").unstarted(work));

    DemoHistory(URI node) {
        this.node = node;
    }

    /** One backup of each. */
    void upload(List<DemoSystem> systems, int daysAgo) {
        each(
                systems,
                system -> {
                    uploads.incrementAndGet();
                    return system.client(node)
                            .upload(bytes.of(system, daysAgo), DemoBytes.filename(system));
                });
    }

    /** One of a given size. */
    void upload(DemoSystem system, int size) {
        each(
                List.of(system),
                one -> {
                    uploads.incrementAndGet();
                    return one.client(node).upload(bytes.encrypted(size), DemoBytes.filename(one));
                });
    }

    /** A sign of life of each. */
    void beat(List<DemoSystem> systems) {
        each(
                systems,
                system ->
                        system.client(node)
                                .send("POST", "/systems/heartbeat", BodyPublishers.noBody()));
    }

    /** What each is made of. */
    void describe(List<DemoSystem> systems, String release) {
        each(
                systems,
                system ->
                        system.client(node)
                                .send(
                                        "POST",
                                        "/systems/inventory",
                                        BodyPublishers.ofString(inventory(system, release)),
                                        "Content-Type",
                                        "application/json"));
    }

    private static String inventory(DemoSystem system, String release) {
        return """
        {"os": {"name": "NethSecurity", "release": {"full": "%s"}},
         "processors": {"count": "%d", "model": "Demo CPU"},
         "memory": {"total": %d},
         "networking": {"hostname": "host-%d", "interfaces": ["lan", "wan"]}}\
        """
                .formatted(
                        release,
                        1 + system.number() % 4,
                        1_024 << system.number() % 3,
                        system.number());
    }

    URI node() {
        return node;
    }

    /** How many backups were sent. */
    int uploads() {
        return uploads.get();
    }

    private void each(List<DemoSystem> systems, Function<DemoSystem, Answer> deed) {
        try {
            var work =
                    systems.stream().<Callable<Answer>>map(one -> () -> deed.apply(one)).toList();
            for (var done : threads.invokeAll(work)) {
                var answer = done.get();
                if (answer.status() >= 300) {
                    throw new IllegalStateException("a system of the demo was answered " + answer);
                }
            }
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
