package coffer.people;

import coffer.access.CallerCache;
import coffer.id.Caller;
import coffer.people.proof.AccessTokens;
import coffer.people.proof.ApiKeyText;
import coffer.people.proof.SignInSettings;
import coffer.platform.Bus;
import coffer.platform.DatabaseAway;
import coffer.platform.KeyRing;
import coffer.platform.Log;
import coffer.platform.Mac;
import coffer.platform.ProblemType;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;

import org.eclipse.microprofile.jwt.JsonWebToken;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Tells which person calls, from an access token that the container checks, or from an API key.
 * Neither says what they may do: that is read from the catalogue, and believed for at most 25 s,
 * and only while this node hears the bus on which changes come. With the database away, what is not
 * known is a 503, never a 401.
 */
@ApplicationScoped
class PeopleAccess {

    private static final String PEPPER = "pepper";
    private static final String API_KEY = "X-Api-Key";
    private static final String BEARER = "Bearer ";
    private static final int RETRY_SECONDS = 10;

    private final PersonLedger ledger;
    private final CallerCache<Caller.Person> cache;
    private final AccessTokens tokens;
    private final KeyRing keys;
    private final Bus bus;

    @Inject
    PeopleAccess(
            PersonLedger ledger,
            CallerCache<Caller.Person> cache,
            AccessTokens tokens,
            KeyRing keys,
            Bus bus) {
        this.ledger = ledger;
        this.cache = cache;
        this.tokens = tokens;
        this.keys = keys;
        this.bus = bus;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected PeopleAccess() {
        this(null, null, null, null, null);
    }

    /** The person, or the refusal thrown. */
    Caller.Person admit(HttpServletRequest request) {
        var header = request.getHeader("Authorization");
        var key = request.getHeader(API_KEY);
        if (header != null && !header.isBlank()) {
            return byToken(request, header);
        }
        if (key != null && !key.isBlank()) {
            return byKey(key);
        }
        throw ProblemType.AUTHORIZATION_REQUIRED.withoutDetail();
    }

    /** The session that a request's token belongs to; after {@link #admit}. */
    Optional<UUID> session(HttpServletRequest request) {
        return request.getUserPrincipal() instanceof JsonWebToken token
                ? id(token.getClaim(AccessTokens.SESSION))
                : Optional.empty();
    }

    private Caller.Person byToken(HttpServletRequest request, String header) {
        if (!header.startsWith(BEARER)) {
            throw ProblemType.INVALID_TOKEN.withoutDetail();
        }
        return byText(request, header.substring(BEARER.length()));
    }

    /**
     * The person whom a page's cookie names, or the refusal thrown. The container reads the cookie
     * itself; {@code text} is what it has to be.
     */
    Caller.Person visitor(HttpServletRequest request, String text) {
        return byText(request, text);
    }

    private Caller.Person byText(HttpServletRequest request, String text) {
        if (!unlessAway(() -> tokens.namesOurKey(text))
                || !ContainerCheck.passes(request)
                || !(request.getUserPrincipal() instanceof JsonWebToken token)
                || !text.equals(token.getRawToken())) {
            throw ProblemType.INVALID_TOKEN.withoutDetail();
        }
        var account = id(token.getSubject()).orElseThrow(ProblemType.INVALID_TOKEN::withoutDetail);
        var session = session(request).orElseThrow(ProblemType.INVALID_TOKEN::withoutDetail);
        return known(
                cache.key(account.toString(), session.toString()),
                () -> ledger.bySession(account, session));
    }

    private Caller.Person byKey(String text) {
        var key = ApiKeyText.parse(text).orElseThrow(ProblemType.INVALID_TOKEN::withoutDetail);
        return known(cache.key(key.publicPart(), key.hidden().reveal()), () -> prove(key));
    }

    private Optional<PersonRow> prove(ApiKeyText text) {
        var row = ledger.byKey(text.publicPart());
        var kept = row.map(PersonRow::key);
        var mac = kept.map(PersonRow.Key::mac);
        var nobody = new Mac(keys.current(PEPPER), new byte[32]);
        var proven = keys.verify(PEPPER, mac.orElse(nobody), text.hidden().bytes());
        if (proven && kept.isPresent() && !kept.get().usedLately()) {
            ledger.used(kept.get().id());
        }
        return row.filter(any -> proven);
    }

    private Caller.Person known(CallerCache.Key key, Supplier<Optional<PersonRow>> read) {
        var remembered = cache.get(key);
        if (remembered != null && bus.hears()) {
            return remembered;
        }
        var epoch = cache.epoch();
        var readAt = cache.now();
        Optional<PersonRow> row;
        try {
            row = read.get();
        } catch (RuntimeException thrown) {
            var still = cache.get(key);
            if (still != null && DatabaseAway.causes(thrown)) {
                return still;
            }
            throw away(thrown);
        }
        if (row.isEmpty() || !row.get().inForce()) {
            cache.drop(key);
            throw ProblemType.INVALID_TOKEN.withoutDetail();
        }
        var person = row.get().caller();
        cache.put(key, person, epoch, readAt, row.get().endsIn());
        return person;
    }

    private static boolean unlessAway(Supplier<Boolean> check) {
        try {
            return check.get();
        } catch (RuntimeException thrown) {
            throw away(thrown);
        }
    }

    private static RuntimeException away(RuntimeException thrown) {
        if (!DatabaseAway.causes(thrown)) {
            return thrown;
        }
        Log.warn("authentication.unavailable", "fault", "the database is away");
        return ProblemType.UNAVAILABLE.retryAfter(RETRY_SECONDS);
    }

    private static Optional<UUID> id(Object claim) {
        try {
            return Optional.of(UUID.fromString(String.valueOf(claim)));
        } catch (IllegalArgumentException noId) {
            return Optional.empty();
        }
    }

    /** The node's memory of people. */
    @Dependent
    static class Source {
        @Produces
        @Singleton
        CallerCache<Caller.Person> cache(SignInSettings settings) {
            return new CallerCache<>(settings.cacheEntries(), System::nanoTime);
        }
    }
}
