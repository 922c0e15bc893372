package coffer.storage;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.FaultProxy;
import coffer.storage.ObjectReader.Page;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A store behind a fault proxy, and words for tests to speak of it. */
@Timeout(180)
public abstract class StoreFixture {

    protected static final ObjectMetadata METADATA =
            new ObjectMetadata(
                    "config.tar.gz.gpg",
                    "application/pgp-encrypted",
                    Instant.parse("2026-11-21T05:00:00Z"));
    protected static final int MIB = 1 << 20;

    protected FaultProxy proxy;
    protected Destinations destinations;

    /** The store, running, with an empty or a used bucket. */
    protected abstract TestStore store();

    @BeforeEach
    void open() throws IOException {
        proxy = FaultProxy.before(store().endpoint());
        destinations = store().at(proxy.address()).open();
    }

    @AfterEach
    void close() throws IOException {
        destinations.close();
        proxy.close();
    }

    protected final ObjectWriter writer() {
        return destinations.writer("primary");
    }

    protected final ObjectReader reader() {
        return destinations.reader("primary");
    }

    protected final ObjectEraser eraser() {
        return destinations.eraser("primary");
    }

    protected final FaultProxy proxy() {
        return proxy;
    }

    /** Lets Coffer find out what the store can do, as the background does in the server. */
    protected final Capabilities probed() {
        return CapabilityProbe.run(
                destinations.destination("primary"), TestStore.INSTALLATION, Clock.systemUTC());
    }

    protected final Address put(byte[] bytes) {
        var address = address();
        assertThat(writer().put(address, payload(bytes), METADATA))
                .isInstanceOf(PutOutcome.Stored.class);
        return address;
    }

    protected final Address address() {
        return new Address(TestStore.INSTALLATION, UUID.randomUUID(), UUID.randomUUID());
    }

    protected static ObjectMetadata metadata() {
        return METADATA;
    }

    protected static Payload payload(byte[] bytes) {
        return Payload.of(bytes, 0, bytes.length, sha256(bytes));
    }

    protected static byte[] bytes(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    protected final byte[] read(Address address) throws IOException {
        try (var content = found(reader().get(address, null, Optional.empty()))) {
            return content.stream().readAllBytes();
        }
    }

    protected static <T> T found(ReadOutcome<T> outcome) {
        return switch (outcome) {
            case ReadOutcome.Found<T>(var value) -> value;
            case ReadOutcome.Absent<T> absent -> throw new AssertionError(absent);
            case ReadOutcome.Unavailable<T> away -> throw new AssertionError(away);
            case ReadOutcome.Refused<T> refused -> throw new AssertionError(refused);
        };
    }

    protected final List<Address> putMany(UUID system, int count) throws Exception {
        var addresses = new ArrayList<Address>();
        var puts = new ArrayList<Future<PutOutcome>>();
        try (var threads = Executors.newFixedThreadPool(16)) {
            for (var i = 0; i < count; i++) {
                var address = new Address(TestStore.INSTALLATION, system, UUID.randomUUID());
                addresses.add(address);
                puts.add(threads.submit(() -> writer().put(address, payload(bytes(1)), METADATA)));
            }
        }
        for (var put : puts) {
            assertThat(put.get()).isInstanceOf(PutOutcome.Stored.class);
        }
        return addresses;
    }

    /** A page may be shorter than a thousand and yet not the last: Ceph's are at times. */
    protected final List<Page> pages(String prefix) {
        var pages = new ArrayList<Page>();
        var next = Optional.<String>empty();
        do {
            pages.add(found(reader().list(prefix, next)));
            next = pages.getLast().next();
        } while (next.isPresent());
        return pages;
    }

    protected static FileChannel file(Path folder, byte[] bytes) throws IOException {
        var path = Files.write(folder.resolve("spool"), bytes);
        return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE);
    }

    protected static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
