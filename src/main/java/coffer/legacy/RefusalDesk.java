package coffer.legacy;

import coffer.alert.AlertKind;
import coffer.alert.Alerts;
import coffer.platform.Problem;
import coffer.platform.ProblemType;
import coffer.platform.web.BrokenTransfer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import java.util.Map;
import java.util.UUID;

/**
 * Decides how an old client hears that its upload was not stored. It will not come again after an
 * answer, whatever its status: so it gets one only where coming again would not help, and people
 * get an alert.
 */
@ApplicationScoped
public class RefusalDesk {

    private final Alerts alerts;

    @Inject
    RefusalDesk(Alerts alerts) {
        this.alerts = alerts;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected RefusalDesk() {
        this(null);
    }

    /** True: the transfer must break, for the backup may be taken later. */
    static boolean breaks(LegacyUpload upload, Problem problem) {
        return BrokenTransfer.suits(problem) || hasRoomTomorrow(upload, problem);
    }

    /** It would fit alone, so the trash is what is full, and that empties by itself. */
    private static boolean hasRoomTomorrow(LegacyUpload upload, Problem problem) {
        return problem.type() == ProblemType.SYSTEM_QUOTA
                && ((Map<?, ?>) problem.data()).get("max_bytes") instanceof Number most
                && upload.sizeBytes() <= most.longValue();
    }

    /** The client will be answered, and will not notice: people must. */
    @Transactional
    void tell(LegacyUpload upload, Problem problem) {
        if (upload.caller() != null) {
            alerts.open(
                    AlertKind.LEGACY_UPLOAD_REFUSED,
                    subject(upload.caller().systemId()),
                    Map.of("reason", problem.type().slug(), "protocol", upload.protocol().text()));
        }
    }

    /** The system's upload was stored. */
    @Transactional
    void stored(LegacyUpload upload) {
        if (upload.caller() != null) {
            alerts.resolve(AlertKind.LEGACY_UPLOAD_REFUSED, subject(upload.caller().systemId()));
        }
    }

    private static String subject(UUID systemId) {
        return "system:" + systemId;
    }
}
