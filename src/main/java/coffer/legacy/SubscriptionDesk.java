package coffer.legacy;

import coffer.access.ApplianceAccess;
import coffer.access.Authentication;
import coffer.appliance.BoundedBody;
import coffer.id.Caller;
import coffer.platform.ProblemType;
import coffer.platform.web.Paging;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Tells old clients what they want to hear of their subscription; never asks a store. */
@ApplicationScoped
public class SubscriptionDesk {

    private static final int MOST_BYTES = 8 * 1024;
    private static final Duration VALID = Duration.ofDays(365);
    private static final int RETRY_SECONDS = 10;
    private static final LegacyCall CALL =
            new LegacyCall(LegacyProtocol.ISA, "info", LegacyCall.Proof.BODY);

    private final ApplianceAccess access;
    private final LegacyUses uses;
    private final LegacyNames names;
    private final Clock clock;

    @Inject
    SubscriptionDesk(ApplianceAccess access, LegacyUses uses, LegacyNames names, Clock clock) {
        this.access = access;
        this.uses = uses;
        this.names = names;
        this.clock = clock;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected SubscriptionDesk() {
        this(null, null, null, null);
    }

    /** For whoever sends its secret in a body; {@code validation failed} where there is none. */
    SubscriptionView bySecret(InputStream body) throws IOException {
        var secret = secret(BoundedBody.read(body, MOST_BYTES));
        if (secret.isEmpty()) {
            throw Paging.invalid("secret", "must be there", "");
        }
        return switch (access.authenticateSecret(secret)) {
            case Authentication.Granted(var caller) -> {
                uses.note(CALL, caller);
                yield SubscriptionView.of(names.of(caller), caller, validUntil().getEpochSecond());
            }
            case Authentication.Refused(var why) -> {
                uses.note(CALL, (Caller.Appliance) null);
                throw why.withoutDetail();
            }
            case Authentication.Unavailable() ->
                    throw ProblemType.UNAVAILABLE.retryAfter(RETRY_SECONDS);
        };
    }

    /** For a system that has been let in. */
    SubscriptionView of(Caller.Appliance caller) {
        return SubscriptionView.of(names.of(caller), caller, validUntil().toString());
    }

    private Instant validUntil() {
        return clock.instant().plus(VALID).truncatedTo(ChronoUnit.DAYS);
    }

    /** From JSON or a form, whatever its media type says: curl calls everything a form. */
    static String secret(byte[] body) {
        var text = new String(body, StandardCharsets.UTF_8).strip();
        if (!text.startsWith("{")) {
            return NethBackup.parameters(text).getOrDefault("secret", "");
        }
        var secret = OldJson.text(body, "secret");
        return secret == null ? "" : secret;
    }
}
