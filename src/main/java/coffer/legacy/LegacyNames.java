package coffer.legacy;

import coffer.id.Caller;
import coffer.platform.Problem;
import coffer.platform.ProblemType;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What old clients call systems and files in their requests. */
@ApplicationScoped
public class LegacyNames {

    private final LegacyLedger ledger;

    @Inject
    LegacyNames(LegacyLedger ledger) {
        this.ledger = ledger;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected LegacyNames() {
        this(null);
    }

    /**
     * An identity acts on its own system only: a foreign name is not found, and none is its own.
     */
    Optional<Problem> refuse(Caller.Appliance caller, @Nullable String name) {
        return name == null
                        || name.isEmpty()
                        || name.equals(caller.systemKey())
                        || ledger.isNameOf(caller.systemId(), name)
                ? Optional.empty()
                : Optional.of(ProblemType.SYSTEM_NOT_FOUND.withoutDetail());
    }

    /** What the old platform calls the system that calls. */
    String of(Caller.Appliance caller) {
        return ledger.legacyId(caller.secretId()).orElse(caller.systemKey());
    }

    /** The decoded name that follows a route, or null. */
    static @Nullable String last(String route, String before) {
        return route.length() > before.length() + 1
                ? decoded(route.substring(before.length() + 1).replace("+", "%2B"))
                : null;
    }

    /** As forms are encoded; what is not stays as it is. */
    static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }
}
