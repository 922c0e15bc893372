package coffer.launch;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/**
 * Stands in front of an object store on a port of its own, counts what passes, and misbehaves on
 * request. Requests go through byte for byte, so signatures stay valid. Plain HTTP/1.1 only.
 */
public final class FaultProxy implements AutoCloseable {

    /** What happens to a request. */
    public enum Fault {
        /** It goes through. */
        NONE,
        /** The request is swallowed and answered 500; the store never sees it. */
        ANSWER_500,
        /** The request is swallowed and answered 501, as by a store that lacks the operation. */
        ANSWER_501,
        /** The store does what was asked; the client is told 500. */
        COMMIT_THEN_500,
        /** The request is taken whole and goes no further until {@link #release()}. */
        HANG_BEFORE,
        /** The store does what was asked; its answer is withheld until {@link #release()}. */
        HANG_AFTER,
        /** The connection ends after the head of the request. */
        CLOSE_EARLY,
        /** The store does what was asked; the connection ends without an answer. */
        COMMIT_THEN_CLOSE,
        /** The connection ends in the middle of the answer's body. */
        CUT_ANSWER,
        /** The first byte of the request's body is changed on the way. */
        TAMPER
    }

    /**
     * A request as the proxy sees it; {@code operation} is the S3 name, such as {@code PutObject}.
     */
    public record Seen(
            String method, String path, String query, String operation, long bodyBytes) {}

    private record Plan(Fault fault, Predicate<Seen> which, int percent, Random dice) {
        synchronized Fault decide(Seen seen) {
            return which.test(seen) && dice.nextInt(100) < percent ? fault : Fault.NONE;
        }
    }

    /** What requests hang before, until it opens. */
    private static final class Gate {

        private final CountDownLatch open = new CountDownLatch(1);
        private final AtomicInteger before = new AtomicInteger();

        void pass() throws InterruptedException {
            before.incrementAndGet();
            open.await();
        }
    }

    private static final Predicate<Seen> ALL = any -> true;
    private final ServerSocket server;
    private final URI store;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private volatile Plan plan = new Plan(Fault.NONE, ALL, 100, new Random(0));
    private volatile Gate gate = new Gate();
    private volatile Predicate<Seen> counted = ALL;
    private volatile boolean away;

    private FaultProxy(URI store) throws IOException {
        this.store = store;
        this.server = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("fault-proxy").start(this::accept);
    }

    /** Starts on a free port of 127.0.0.1, letting everything through. */
    public static FaultProxy before(URI store) throws IOException {
        return new FaultProxy(store);
    }

    /** Where clients connect. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** From now on everything goes through, and what hangs is released. */
    public void pass() {
        fail(Fault.NONE, ALL, 100, 0);
        away = false;
        release();
    }

    /** From now on every request fares so. */
    public void fault(Fault fault) {
        fail(fault, ALL, 100, 0);
    }

    /** From now on the requests of these S3 operations fare so, the others pass. */
    public void fault(Fault fault, String... operations) {
        var these = Set.of(operations);
        fail(fault, seen -> these.contains(seen.operation()), 100, 0);
    }

    /**
     * From now on this share of the matching requests fares so; the same seed gives the same run.
     */
    public void fail(Fault fault, Predicate<Seen> which, int percent, long seed) {
        plan = new Plan(fault, which, percent, new Random(seed));
    }

    /** The next {@code times} matching requests fare so, the later ones pass. */
    public void faultNext(Fault fault, int times, String... operations) {
        var these = Set.of(operations);
        var left = new AtomicInteger(times);
        fail(
                fault,
                seen ->
                        (these.isEmpty() || these.contains(seen.operation()))
                                && left.getAndDecrement() > 0,
                100,
                0);
    }

    /** As if the store's machine were gone: connections, open and new, end at once. */
    public void away() {
        away = true;
        open.forEach(FaultProxy::end);
    }

    /** Lets everything that hangs go on. */
    public void release() {
        var opened = gate;
        gate = new Gate();
        opened.open.countDown();
    }

    /**
     * Waits until at least {@code requests} hang that have not been released; false when time ran
     * out.
     */
    public boolean awaitHanging(int requests, Duration atMost) throws InterruptedException {
        var deadline = System.nanoTime() + atMost.toNanos();
        while (gate.before.get() < requests) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return true;
    }

    /** Requests seen so far by S3 operation, whatever became of them. */
    public Map<String, Long> counts() {
        var result = new TreeMap<String, Long>();
        counts.forEach((operation, count) -> result.put(operation, count.sum()));
        return result;
    }

    /** Requests of one S3 operation seen so far. */
    public long count(String operation) {
        return counts().getOrDefault(operation, 0L);
    }

    /** All requests seen so far. */
    public long total() {
        return counts().values().stream().mapToLong(Long::longValue).sum();
    }

    /** Counting starts again at zero. */
    public void resetCounts() {
        resetCounts(ALL);
    }

    /**
     * Counting starts again at zero, of these requests alone: the server looks for its store, and
     * clears up, whenever it likes.
     */
    public void resetCounts(Predicate<Seen> which) {
        counted = which;
        counts.clear();
    }

    @Override
    public void close() throws IOException {
        server.close();
        release();
        open.forEach(FaultProxy::end);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                client.setTcpNoDelay(true);
                Thread.ofVirtual().name("fault-proxy-client").start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        open.add(client);
        try (client;
                var upstream = new Upstream(store)) {
            var in = new BufferedInputStream(client.getInputStream(), 1 << 16);
            while (!away && exchange(in, client.getOutputStream(), upstream)) {
                // one exchange after another until either side ends
            }
        } catch (IOException gone) {
            return; // either side may leave at any time: that is what this class is for
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    /** One request and its answer; false ends the connection. */
    private boolean exchange(InputStream in, OutputStream out, Upstream upstream)
            throws IOException, InterruptedException {
        var head = HttpHead.read(in);
        if (head == null) {
            return false;
        }
        var seen = head.seen();
        if (counted.test(seen)) {
            counts.computeIfAbsent(seen.operation(), any -> new LongAdder()).increment();
        }
        // The gate first: whoever changes the plan and then opens it lets this one go, too.
        var gateNow = gate;
        var fault = plan.decide(seen);
        if (fault == Fault.CLOSE_EARLY) {
            return false;
        }
        if (head.has("expect", "100-continue")) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        }
        if (fault == Fault.ANSWER_500) {
            head.copyRequestBody(in, OutputStream.nullOutputStream(), false);
            return answer500(out);
        }
        if (fault == Fault.ANSWER_501) {
            head.copyRequestBody(in, OutputStream.nullOutputStream(), false);
            return answer(out, "501 Not Implemented", "NotImplemented");
        }
        if (fault == Fault.HANG_BEFORE) {
            var body = new ByteArrayOutputStream();
            head.copyRequestBody(in, body, false);
            gateNow.pass();
            upstream.send(head, new java.io.ByteArrayInputStream(body.toByteArray()), false);
        } else {
            upstream.send(head, in, fault == Fault.TAMPER);
        }
        return switch (fault) {
            case COMMIT_THEN_500 -> {
                upstream.receive(seen, OutputStream.nullOutputStream(), false);
                yield answer500(out);
            }
            case COMMIT_THEN_CLOSE -> {
                upstream.receive(seen, OutputStream.nullOutputStream(), false);
                yield false;
            }
            case HANG_AFTER -> {
                var answer = new ByteArrayOutputStream();
                var more = upstream.receive(seen, answer, false);
                gateNow.pass();
                answer.writeTo(out);
                yield more;
            }
            case CUT_ANSWER -> {
                upstream.receive(seen, out, true);
                yield false;
            }
            case NONE, TAMPER, HANG_BEFORE, ANSWER_500, ANSWER_501, CLOSE_EARLY ->
                    upstream.receive(seen, out, false);
        };
    }

    private static boolean answer500(OutputStream out) throws IOException {
        return answer(out, "500 Internal Server Error", "InternalError");
    }

    private static boolean answer(OutputStream out, String status, String code) throws IOException {
        var body =
                "<Error><Code>"
                        + code
                        + "</Code><Message>made by the fault proxy</Message></Error>";
        out.write(
                ("HTTP/1.1 "
                                + status
                                + "\r\n"
                                + "Content-Type: application/xml\r\n"
                                + "Content-Length: "
                                + body.length()
                                + "\r\n\r\n"
                                + body)
                        .getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        return true;
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            return;
        }
    }
}
