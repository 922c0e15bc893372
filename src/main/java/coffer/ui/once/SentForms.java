package coffer.ui.once;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** A deed and the note that its form was sent: both are kept, or neither. */
@ApplicationScoped
class SentForms {

    private static final int DROPPED_AT_ONCE = 5;

    private final SentFormLedger ledger;

    @Inject
    SentForms(SentFormLedger ledger) {
        this.ledger = ledger;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected SentForms() {
        this(null);
    }

    /**
     * What came of a form.
     *
     * @param now it was done by this very request
     */
    record Outcome(boolean now, String address) {}

    /** Where a form led that this person sent before; it waits for nobody. */
    @Transactional
    public Optional<String> led(UUID form, UUID session) {
        return ledger.led(form, session);
    }

    /**
     * Does it, unless the form was sent before; the deed says where it leads. Nothing comes of a
     * form that somebody else has sent.
     */
    @Transactional(rollbackOn = RuntimeException.class)
    public Optional<Outcome> once(UUID form, UUID session, Supplier<String> deed) {
        if (!ledger.claim(form, session)) {
            return ledger.led(form, session).map(address -> new Outcome(false, address));
        }
        ledger.purge(DROPPED_AT_ONCE);
        var address = deed.get();
        ledger.keep(form, address);
        return Optional.of(new Outcome(true, address));
    }
}
