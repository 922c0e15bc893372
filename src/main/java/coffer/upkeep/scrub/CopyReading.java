package coffer.upkeep.scrub;

import coffer.storage.ObjectContent;
import coffer.storage.ObjectReader;
import coffer.storage.ReadOutcome;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Reads one copy back, with the reader's key, in constant memory. */
final class CopyReading {

    private static final int BUFFER = 64 * 1024;
    private final ObjectReader reader;
    private final BooleanSupplier stopped;

    CopyReading(ObjectReader reader, BooleanSupplier stopped) {
        this.reader = reader;
        this.stopped = stopped;
    }

    /** Bytes that are wrong are read a second time: the fault may have been on the way. */
    Finding of(StoredCopy copy) {
        var first = once(copy);
        return first == Finding.CORRUPT ? once(copy) : first;
    }

    private Finding once(StoredCopy copy) {
        return switch (reader.get(copy.address(), copy.versionId(), Optional.empty())) {
            case ReadOutcome.Found<ObjectContent>(var content) -> compare(copy, content);
            case ReadOutcome.Absent<ObjectContent>() -> Finding.MISSING;
            case ReadOutcome.Unavailable<ObjectContent> away -> Finding.AWAY;
            case ReadOutcome.Refused<ObjectContent> refused -> Finding.REFUSED;
        };
    }

    private Finding compare(StoredCopy copy, ObjectContent content) {
        try (content) {
            if (content.sizeBytes() != copy.sizeBytes()) {
                return Finding.CORRUPT;
            }
            var digest = MessageDigest.getInstance("SHA-256");
            var buffer = new byte[BUFFER];
            var stream = content.stream();
            for (var length = stream.read(buffer); length >= 0; length = stream.read(buffer)) {
                if (stopped.getAsBoolean()) {
                    return Finding.AWAY;
                }
                digest.update(buffer, 0, length);
            }
            return HexFormat.of().formatHex(digest.digest()).equals(copy.sha256())
                    ? Finding.VERIFIED
                    : Finding.CORRUPT;
        } catch (IOException broken) {
            return Finding.AWAY;
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("SHA-256 is part of every JDK", missing);
        }
    }
}
