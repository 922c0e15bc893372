package coffer.appliance;

import coffer.platform.Ids;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/** Names new systems: {@code NETH-1A2B-…}, the prefix and eight groups of four hex digits. */
@ApplicationScoped
class SystemKeys {

    private static final int GROUPS = 8;

    private final ApplianceSettings settings;
    private final Ids ids;
    private final Clock clock;

    @Inject
    SystemKeys(ApplianceSettings settings, Ids ids, Clock clock) {
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected SystemKeys() {
        this(null, null, null);
    }

    String next() {
        var key = new StringBuilder(settings.keyPrefix());
        for (var group = 0; group < GROUPS; group++) {
            key.append('-').append(ids.hex(2).toUpperCase(Locale.ROOT));
        }
        return key.toString();
    }

    UUID id() {
        return ids.next();
    }

    Duration activeWithin() {
        return settings.activeWithin();
    }

    Instant now() {
        return clock.instant();
    }
}
