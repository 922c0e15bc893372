package coffer.intake;

import coffer.backup.Received;
import coffer.backup.UploadDesk;
import coffer.platform.Log;
import coffer.platform.Problem;
import coffer.platform.ProblemType;
import coffer.quota.UploadRates;
import coffer.storage.Address;
import coffer.storage.Destinations;
import coffer.storage.ObjectMetadata;
import coffer.storage.PutOutcome;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;

import java.io.InputStream;
import java.time.Duration;
import java.util.Map;

/**
 * Takes backups in: row first, bytes second, seal last. A crash leaves a PENDING row for the sweep,
 * never an orphan, and never a listed backup without its bytes. The steps are numbered in {@code
 * docs/life-of/an-upload.md}; the server is killed between each two of them in the tests.
 */
@ApplicationScoped
public class BackupIntake {

    private static final long RETRY_SECONDS = 30;

    /** How long an upload waits for its turn: at the door, and with its bytes stored already. */
    private static final Duration ADMISSION = Duration.ofSeconds(10);

    private static final Duration SEAL = Duration.ofSeconds(60);

    private final UploadDesk desk;
    private final Spool spool;
    private final UploadRates rates;
    private final Destinations destinations;
    private final Leases leases;
    private final IntakeContext context;

    @Inject
    BackupIntake(
            UploadDesk desk,
            Spool spool,
            UploadRates rates,
            Destinations destinations,
            Leases leases,
            IntakeContext context) {
        this.desk = desk;
        this.spool = spool;
        this.rates = rates;
        this.destinations = destinations;
        this.leases = leases;
        this.context = context;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected BackupIntake() {
        this.desk = null;
        this.spool = null;
        this.rates = null;
        this.destinations = null;
        this.leases = null;
        this.context = null;
    }

    /** Decides, before a byte of the body is read, in the order of api.md section 2. */
    public Admission admit(Declared declared) {
        var settings = context.settings();
        if (declared.sizeBytes() > settings.maxUploadBytes()) {
            return new Admission.Refused(
                    ProblemType.UPLOAD_TOO_LARGE.with(
                            Map.of("max_bytes", settings.maxUploadBytes())));
        }
        var systemId = declared.appliance().systemId();
        var wait = rates.take(systemId);
        if (wait.isPresent()) {
            return refused(
                    declared, ProblemType.UPLOAD_RATE.retryAfter(wait.get().toSeconds() + 1));
        }
        return reserve(declared);
    }

    private Admission reserve(Declared declared) {
        var room = spool.claim(declared.sizeBytes());
        if (room.isEmpty() || !destinations.reachable(destinations.primary())) {
            room.ifPresent(Spool.Claim::close);
            rates.giveBack(declared.appliance().systemId());
            return refused(declared, ProblemType.STORAGE_UNAVAILABLE.retryAfter(RETRY_SECONDS));
        }
        var granted = false;
        try {
            var backup = context.backup(declared);
            var opened = context.turnstile().pass(ADMISSION, () -> desk.open(backup));
            leases.hold(backup.id());
            granted = true;
            return new Admission.Granted(
                    new Pending(backup, opened, declared.sha256(), room.get()));
        } catch (Problem refused) {
            if (refused.type() == ProblemType.SYSTEM_QUOTA) {
                sortOut(declared, refused);
            }
            return new Admission.Refused(refused);
        } catch (RuntimeException ours) {
            rates.giveBack(declared.appliance().systemId());
            throw ours;
        } finally {
            if (!granted) {
                room.get().close();
            }
        }
    }

    /**
     * A refusal before the catalogue was asked. That a backup could never fit comes before it
     * (api.md section 2); the catalogue says so in {@link UploadDesk#open} otherwise.
     */
    private Admission refused(Declared declared, Problem problem) {
        try {
            desk.mustFit(declared.appliance(), declared.sizeBytes());
            return new Admission.Refused(problem);
        } catch (Problem neverFits) {
            return new Admission.Refused(neverFits);
        }
    }

    /** What could never fit costs no rate token; a full trash is told to people. */
    private void sortOut(Declared declared, Problem systemQuota) {
        var systemId = declared.appliance().systemId();
        if (systemQuota.data().get("max_bytes") instanceof Long most
                && declared.sizeBytes() > most) {
            rates.giveBack(systemId);
        } else {
            desk.warnFull(systemId);
        }
    }

    /**
     * Reads the body, stores it with one call, seals it. Ends the pending upload whatever happens.
     */
    public IntakeOutcome receive(Pending pending, InputStream body) {
        try (var room = pending.room()) {
            var settings = context.settings();
            var reader = new BodyReader(settings.slowestBytesPerSecond(), settings.slowWindow());
            return switch (reader.take(body, pending.backup().sizeBytes(), room)) {
                case BodyReader.Result.Not(var failure) -> broken(pending, failure);
                case BodyReader.Result.Whole(var received, var kind) -> {
                    var refusal = refusal(pending, received, kind);
                    yield refusal == null
                            ? store(pending, received, room)
                            : refuse(pending, refusal);
                }
            };
        } catch (RuntimeException ours) {
            giveBack(pending, "failed");
            throw ours;
        } finally {
            leases.letGo(pending.backupId());
        }
    }

    /** For an admitted upload whose body nobody will read. */
    public void abandon(Pending pending) {
        leases.letGo(pending.backupId());
        pending.room().close();
        giveBack(pending, "not received");
    }

    private static @Nullable Problem refusal(Pending pending, Received received, ContentKind kind) {
        var declared = pending.sha256();
        if (declared.isPresent() && !declared.get().equals(received.sha256())) {
            return ProblemType.CHECKSUM_MISMATCH.withoutDetail();
        }
        return pending.opened().demandCiphertext() && !kind.encrypted()
                ? ProblemType.NOT_ENCRYPTED.with(Map.of("content_kind", kind.word()))
                : null;
    }

    private IntakeOutcome broken(Pending pending, BodyReader.Failure failure) {
        return switch (failure) {
            case BodyReader.Failure.EndedEarly(var bytes) ->
                    refuse(
                            pending,
                            ProblemType.LENGTH_MISMATCH.with(
                                    Map.of(
                                            "declared_bytes",
                                            pending.backup().sizeBytes(),
                                            "received_bytes",
                                            bytes)));
            case BodyReader.Failure.TooSlow() -> gone(pending, "too slow");
            case BodyReader.Failure.Gone() -> gone(pending, "client gone");
            case BodyReader.Failure.SpoolFailed(var reason) -> {
                Log.warn("spool.failed", "backup_id", pending.backupId(), "reason", reason);
                yield unavailable(pending, "spool failed");
            }
        };
    }

    private IntakeOutcome store(Pending pending, Received received, Spool.Claim room) {
        var backup = pending.backup();
        var metadata =
                new ObjectMetadata(backup.filename(), backup.mediaType(), pending.opened().at());
        var payload = room.payload(received.digest());
        return switch (destinations
                .writer(backup.destination())
                .put(Address.parse(backup.address()), payload, metadata)) {
            case PutOutcome.Stored stored -> seal(pending, received, stored.versionId());
            case PutOutcome.Unavailable away -> {
                Log.warn(
                        "store.put_failed",
                        "backup_id",
                        pending.backupId(),
                        "reason",
                        away.cause());
                yield unavailable(pending, "store unavailable");
            }
            case PutOutcome.Refused refused -> {
                Log.warn(
                        "store.put_refused",
                        "backup_id",
                        pending.backupId(),
                        "reason",
                        refused.cause());
                yield unavailable(pending, "store refused");
            }
        };
    }

    private IntakeOutcome seal(Pending pending, Received received, @Nullable String versionId) {
        var sealing =
                context.turnstile()
                        .pass(SEAL, () -> desk.seal(pending.backup(), received, versionId));
        return switch (sealing) {
            case UploadDesk.Sealing.Sealed(var backup) -> new IntakeOutcome.Stored(backup);
            case UploadDesk.Sealing.Same(var backup) -> new IntakeOutcome.AlreadyStored(backup);
            case UploadDesk.Sealing.LeaseLost() -> {
                rates.giveBack(pending.systemId());
                yield new IntakeOutcome.Refused(
                        ProblemType.STORAGE_UNAVAILABLE.retryAfter(RETRY_SECONDS));
            }
        };
    }

    private IntakeOutcome refuse(Pending pending, Problem problem) {
        giveUp(pending, problem.type().slug());
        return new IntakeOutcome.Refused(problem);
    }

    private IntakeOutcome gone(Pending pending, String why) {
        giveUp(pending, why);
        return new IntakeOutcome.ClientGone();
    }

    private IntakeOutcome unavailable(Pending pending, String why) {
        giveBack(pending, why);
        return new IntakeOutcome.Refused(ProblemType.STORAGE_UNAVAILABLE.retryAfter(RETRY_SECONDS));
    }

    private void giveBack(Pending pending, String why) {
        rates.giveBack(pending.systemId());
        giveUp(pending, why);
    }

    /**
     * If even this fails, it is tried again later; should this node die first, the sweep does it.
     */
    private void giveUp(Pending pending, String why) {
        try {
            desk.abandon(pending.backup(), why);
        } catch (RuntimeException databaseAway) {
            leases.giveUpLater(pending.backup(), why);
            Log.warn(
                    "upload.not_ended",
                    "backup_id",
                    pending.backupId(),
                    "reason",
                    databaseAway.getClass().getSimpleName());
        }
    }
}
