package coffer.ui.once;

import coffer.platform.Ids;
import coffer.platform.ProblemType;
import coffer.ui.Addresses;
import coffer.ui.Visit;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Has a form do what it asks for once. Each form of each page carries an id of its own; the deed
 * and the note that the form was sent share a transaction, so that any node knows.
 */
@Named
@RequestScoped
public class Once {

    /** The hidden field with the form's id. */
    public static final String FIELD = "once";

    /** Half of what its row lives, so that nothing is done again because a row has gone. */
    private static final Duration LIFE = Duration.ofHours(24);

    private final Visit visit;
    private final SentForms forms;
    private final Ids ids;
    private final Clock clock;

    @Inject
    Once(Visit visit, SentForms forms, Ids ids, Clock clock) {
        this.visit = visit;
        this.forms = forms;
        this.ids = ids;
        this.clock = clock;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected Once() {
        this(null, null, null, null);
    }

    /** The id of a form that is about to be shown; the time in it tells how old the page is. */
    public String getForm() {
        return ids.next().toString();
    }

    /**
     * Does it and goes where it leads. A form that was sent before goes there, too.
     *
     * @param deed tells the address behind it; what it throws undoes it, and the form is not used
     */
    public void go(Supplier<String> deed) {
        outcome(deed).ifPresent(outcome -> visit.leaveTo(outcome.address()));
    }

    /**
     * Does what only this answer can tell; true if it was done now. A form that was sent before
     * goes where it led: what was told is not told again.
     *
     * @param deed tells where to go instead of telling it again
     */
    public boolean tell(Supplier<String> deed) {
        var outcome = outcome(deed);
        outcome.filter(one -> !one.now()).ifPresent(one -> visit.leaveTo(one.address()));
        return outcome.filter(SentForms.Outcome::now).isPresent();
    }

    /**
     * Goes where the form led, if it was sent before; false where it was not, or was refused. What
     * must be proven outside of the deed's transaction is not proven again of a form that is done.
     */
    public boolean led() {
        var address = form().flatMap(one -> forms.led(one.id(), session()));
        address.ifPresent(visit::leaveTo);
        return address.isPresent();
    }

    private Optional<SentForms.Outcome> outcome(Supplier<String> deed) {
        var session = session();
        var form = form();
        var outcome = form.flatMap(one -> forms.once(one.id(), session, deed));
        if (outcome.isEmpty()) {
            visit.leaveTo(Addresses.noticed(Addresses.ours(visit.parameter("back")), "expired"));
        }
        return outcome;
    }

    private UUID session() {
        return visit.visitor()
                .orElseThrow(ProblemType.AUTHORIZATION_REQUIRED::withoutDetail)
                .sessionId();
    }

    private Optional<FormId> form() {
        return FormId.of(visit.parameter(FIELD)).filter(one -> one.isYoung(clock, LIFE));
    }

    /** A UUIDv7 (RFC 9562). It keeps the sender from an accident, and nobody from anything. */
    private record FormId(UUID id) {

        static Optional<FormId> of(@org.jspecify.annotations.Nullable String text) {
            try {
                return Optional.ofNullable(text).map(UUID::fromString).map(FormId::new);
            } catch (IllegalArgumentException none) {
                return Optional.empty();
            }
        }

        boolean isYoung(Clock clock, Duration life) {
            var made = Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
            return id.version() == 7
                    && Duration.between(made, clock.instant()).abs().compareTo(life) < 0;
        }
    }
}
