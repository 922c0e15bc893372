package coffer.people.proof;

import coffer.platform.Executors;
import coffer.platform.Ids;
import coffer.platform.KeyRing;
import coffer.platform.Log;
import coffer.platform.Schema;
import coffer.platform.Secret;

import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.openid.connect.sdk.LogoutRequest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Signs a browser out at the provider (OpenID Connect RP-Initiated Logout 1.0), where its session
 * began there and the provider's address for it is configured. The ID token that names the session
 * to the provider waits in the catalogue, sealed; it is in no page and in no cookie, and leaves
 * once, in the redirection to the provider.
 */
@ApplicationScoped
public class ProviderSignOut {

    private static final Duration LIFE = Duration.ofMinutes(2);
    private static final Duration PURGE_PAUSE = Duration.ofMinutes(10);
    private static final int PURGED_AT_ONCE = 10_000;
    private static final int TICKET_BYTES = 32;

    /** An address that browsers and providers take; a longer token is left out. */
    private static final int MOST_CHARACTERS = 6_000;

    private final ProviderSettings settings;
    private final ProviderSessionLedger ledger;
    private final KeyBox box;
    private final KeyRing keys;
    private final Ids ids;

    @Inject
    ProviderSignOut(
            ProviderSettings settings,
            ProviderSessionLedger ledger,
            KeyBox box,
            KeyRing keys,
            Ids ids) {
        this.settings = settings;
        this.ledger = ledger;
        this.box = box;
        this.keys = keys;
        this.ids = ids;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected ProviderSignOut() {
        this(null, null, null, null, null);
    }

    void start(@Observes Schema.Ready ready, Executors executors) {
        executors.every(PURGE_PAUSE, "provider-sign-out.purge", () -> ledger.purge(PURGED_AT_ONCE));
    }

    /** Remembers that a session began by this ID token. */
    public void keep(UUID sessionId, Secret idToken) {
        if (settings.endSession().isPresent()) {
            ledger.keep(sessionId, box.sealText(label(sessionId), idToken.reveal()));
        }
    }

    /**
     * Begins to leave, while the session still stands.
     *
     * @return a ticket for the browser, good once and for two minutes; empty where a sign-out ends
     *     nothing at the provider
     */
    public Optional<Secret> begin(UUID sessionId) {
        if (settings.endSession().isEmpty()) {
            return Optional.empty();
        }
        var ticket =
                Base64.getUrlEncoder().withoutPadding().encodeToString(ids.bytes(TICKET_BYTES));
        return ledger.leave(sessionId, digest(ticket))
                ? Optional.of(new Secret(ticket))
                : Optional.empty();
    }

    /**
     * Where the browser with this ticket goes.
     *
     * @param back where it comes back to, with the ticket as its state
     */
    public Optional<URI> leave(String ticket, URI back) {
        return settings.endSession()
                .flatMap(end ->
                        ledger.take(digest(ticket), LIFE)
                                .map(begun ->
                                        new LogoutRequest(
                                                        end,
                                                        hint(begun),
                                                        null,
                                                        new ClientID(
                                                                settings.audience().orElseThrow()),
                                                        back,
                                                        new State(ticket),
                                                        null)
                                                .toURI()));
    }

    /** The provider asks the person without it. */
    private @Nullable JWT hint(ProviderSessionLedger.Begun begun) {
        var token = begun.token();
        if (!keys.ids("pepper").contains(token.pepperId())) {
            Log.info("sign_out.hint_lost", "key_id", token.pepperId());
            return null;
        }
        var text = box.openText(label(begun.sessionId()), token.bytes(), token.pepperId());
        try {
            return text.length() > MOST_CHARACTERS ? null : SignedJWT.parse(text);
        } catch (ParseException spoilt) {
            throw new IllegalStateException("an ID token that was checked is none", spoilt);
        }
    }

    private static String label(UUID sessionId) {
        return "coffer ID token of session " + sessionId;
    }

    private static byte[] digest(String ticket) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(ticket.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
