package coffer.platform;

import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.Trigger;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The container's threads: virtual ones for everything that waits (bodies, stores), scheduled ones
 * for what returns. Both are virtual: the server's stop waits for its platform threads, and one
 * that listens for ever would hold it up for 30 seconds. No folder makes a thread of its own.
 */
@ApplicationScoped
@ManagedExecutorDefinition(name = Executors.VIRTUAL, virtual = true)
@ManagedScheduledExecutorDefinition(name = Executors.SCHEDULED, virtual = true)
public class Executors {

    static final String VIRTUAL = "java:module/concurrent/coffer";
    static final String SCHEDULED = "java:module/concurrent/coffer-schedule";

    private final AtomicReference<@Nullable ManagedExecutorService> virtual =
            new AtomicReference<>();

    /** Also makes the client proxy, so it looks nothing up. */
    @Inject
    Executors() {}

    /** One virtual thread a task; as many as there are tasks. */
    public ManagedExecutorService virtual() {
        var known = virtual.get();
        if (known != null) {
            return known;
        }
        var found = Container.find(VIRTUAL, ManagedExecutorService.class);
        virtual.set(found);
        return found;
    }

    /** For what happens later or again and again. */
    public ManagedScheduledExecutorService scheduled() {
        return Container.find(SCHEDULED, ManagedScheduledExecutorService.class);
    }

    /** Works on a virtual thread; log lines keep the request id. */
    public <T> CompletableFuture<T> supply(Callable<T> work) {
        var requestId = Log.requestId();
        var executor = virtual();
        var result = executor.<T>newIncompleteFuture();
        executor.execute(() -> {
            if (requestId != null) {
                Log.within(requestId, () -> complete(result, work));
            } else {
                complete(result, work);
            }
        });
        return result;
    }

    /**
     * Repeats {@code work} with {@code pause} between two runs until the application ends. A run
     * that fails does not end it; a row of failures is one line in the log, and so is its end.
     */
    public void every(Duration pause, String name, Runnable work) {
        var failing = new AtomicBoolean();
        var _ =
                scheduled()
                        .scheduleWithFixedDelay(
                                () -> attempt(name, work, failing),
                                0,
                                pause.toMillis(),
                                TimeUnit.MILLISECONDS);
    }

    /** Does {@code work} once, later; a failure is a line in the log. */
    public void once(Duration later, String name, Runnable work) {
        var _ =
                scheduled()
                        .schedule(
                                () -> attempt(name, work, new AtomicBoolean()),
                                later.toMillis(),
                                TimeUnit.MILLISECONDS);
    }

    /** Does {@code work} whenever {@code trigger} says; failures as with {@link #every}. */
    public void at(Trigger trigger, String name, Runnable work) {
        var failing = new AtomicBoolean();
        var _ = scheduled().schedule(() -> attempt(name, work, failing), trigger);
    }

    private static void attempt(String name, Runnable work, AtomicBoolean failing) {
        try {
            work.run();
            if (failing.getAndSet(false)) {
                Log.info("task.recovered", "task", name);
            }
        } catch (RuntimeException thrown) {
            if (!failing.getAndSet(true)) {
                report(name, thrown);
            }
        }
    }

    private static void report(String name, RuntimeException thrown) {
        if (DatabaseAway.causes(thrown)) {
            Log.warn("task.failed", "task", name, "fault", "the database is away");
        } else {
            Log.error("task.failed", thrown, "task", name);
        }
    }

    private static <T> void complete(CompletableFuture<T> result, Callable<T> work) {
        try {
            result.complete(work.call());
        } catch (Throwable thrown) { // An Error must end the waiting too.
            result.completeExceptionally(thrown);
        }
    }
}
