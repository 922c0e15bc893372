package coffer.access;

import coffer.id.Caller;
import coffer.id.CurrentCaller;
import coffer.platform.Bus;
import coffer.platform.DatabaseAway;
import coffer.platform.Log;
import coffer.platform.Problem;
import coffer.platform.ProblemType;
import coffer.platform.Secret;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tells which system calls, from its Basic credentials. What was found right lately is believed for
 * at most 25 s, and only while this node hears the bus on which revocations come; else it reads the
 * database each time. With the database away, what is not known for certain is {@link
 * Authentication.Unavailable}, never refused.
 */
@ApplicationScoped
public class ApplianceAccess {

    private static final int RETRY_SECONDS = 10;

    /** For a secret that came without a key; no key of a pair has a colon. */
    private static final String NOBODY = ":";

    private static final Secret NOTHING = new Secret("0".repeat(40));

    private final CredentialLedger ledger;
    private final CallerCache<Caller.Appliance> cache;
    private final SecretDigests digests;
    private final MachineSecrets secrets;
    private final Bus bus;
    private final AccessMetrics metrics;

    @Inject
    ApplianceAccess(
            CredentialLedger ledger,
            CallerCache<Caller.Appliance> cache,
            SecretDigests digests,
            MachineSecrets secrets,
            Bus bus,
            AccessMetrics metrics) {
        this.ledger = ledger;
        this.cache = cache;
        this.digests = digests;
        this.secrets = secrets;
        this.bus = bus;
        this.metrics = metrics;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected ApplianceAccess() {
        this(null, null, null, null, null, null);
    }

    /**
     * Decides a request once and remembers its caller for {@link CurrentCaller}.
     *
     * @return empty when granted, else what to answer
     */
    public Optional<Problem> admit(HttpServletRequest request) {
        return admit(request, () -> authenticate(request.getHeader("Authorization")));
    }

    /** As {@link #admit}, for the old calls that send {@code Authorization: token <secret>}. */
    public Optional<Problem> admitToken(HttpServletRequest request) {
        var header = request.getHeader("Authorization");
        var token = TokenHeader.parse(header);
        return admit(
                request,
                () -> token.map(this::authenticateSecret).orElseGet(() -> authenticate(header)));
    }

    private static Optional<Problem> admit(
            HttpServletRequest request, Supplier<Authentication> decision) {
        if (CurrentCaller.find(request).orElse(null) instanceof Caller.Appliance) {
            return Optional.empty();
        }
        return switch (decision.get()) {
            case Authentication.Granted(var caller) -> {
                CurrentCaller.set(request, caller);
                yield Optional.empty();
            }
            case Authentication.Refused(var why) -> Optional.of(why.withoutDetail());
            case Authentication.Unavailable() ->
                    Optional.of(ProblemType.UNAVAILABLE.retryAfter(RETRY_SECONDS));
        };
    }

    /** Decides a header; null when there was none. */
    public Authentication authenticate(@Nullable String authorizationHeader) {
        var result =
                switch (BasicHeader.parse(authorizationHeader)) {
                    case BasicHeader.Malformed(var why) -> new Authentication.Refused(why);
                    case BasicHeader.Pair pair -> decide(pair, false);
                };
        metrics.count(result);
        return result;
    }

    /** Decides a secret that came without a key: only the calls of old clients take one. */
    public Authentication authenticateSecret(String secret) {
        var result = decide(new BasicHeader.Pair(NOBODY, secret), true);
        metrics.count(result);
        return result;
    }

    private Authentication decide(BasicHeader.Pair pair, boolean secretAlone) {
        var key = cache.key(pair.systemKey(), pair.secret());
        var known = cache.get(key);
        return known != null && bus.hears()
                ? new Authentication.Granted(known)
                : read(pair, key, secretAlone);
    }

    private Authentication read(BasicHeader.Pair pair, CallerCache.Key key, boolean secretAlone) {
        var text = SecretText.parse(pair.secret());
        var hidden = text.map(SecretText::hidden).orElseGet(() -> whole(pair.secret()));
        var epoch = cache.epoch();
        var readAt = cache.now();
        try {
            var row = find(pair, text, hidden, secretAlone);
            // The work is done for nobody, too.
            var proven = digests.matches(row.orElse(null), hidden);
            if (row.isEmpty()
                    || !proven
                    || !(secretAlone || isKeyOf(row.get(), pair))
                    || !row.get().inForce()
                    || !confirmed(row.get())) {
                cache.drop(key);
                return new Authentication.Refused(ProblemType.INVALID_SYSTEM_CREDENTIALS);
            }
            var caller = row.get().caller();
            cache.put(key, caller, epoch, readAt, row.get().endsIn());
            if (digests.isDated(row.get())) {
                renew(row.get(), hidden);
            }
            return new Authentication.Granted(caller);
        } catch (RuntimeException away) {
            return withoutDatabase(key, away);
        }
    }

    /** One query, whatever came. What does not look like a secret of ours is one of an old pair. */
    private Optional<CredentialRow> find(
            BasicHeader.Pair pair, Optional<SecretText> text, Secret hidden, boolean secretAlone) {
        if (text.isPresent()) {
            return ledger.find(text.get().publicPart());
        }
        return secretAlone
                ? ledger.findToken(digests.keyedByAll(hidden))
                : ledger.findPair(pair.systemKey());
    }

    private boolean confirmed(CredentialRow row) {
        return row.origin() != CredentialRow.Origin.PENDING || secrets.confirm(row);
    }

    private static Secret whole(String text) {
        return text.isBlank() ? NOTHING : new Secret(text);
    }

    /** Who was right within the last 25 s still is; of anybody else nothing is known. */
    private Authentication withoutDatabase(CallerCache.Key key, RuntimeException away) {
        if (DatabaseAway.causes(away)) {
            Log.warn("authentication.unavailable", "fault", "the database is away");
        } else {
            Log.error("authentication.unavailable", away);
        }
        var known = cache.get(key);
        return known == null ? new Authentication.Unavailable() : new Authentication.Granted(known);
    }

    /** The caller is right either way, so a fault here is not theirs. */
    private void renew(CredentialRow row, Secret hidden) {
        try {
            secrets.renew(row, hidden);
        } catch (RuntimeException fault) {
            Log.error("secret.renewal_failed", fault, "secret_id", row.secretId());
        }
    }

    /** A legacy pair was found by its system id. */
    private static boolean isKeyOf(CredentialRow row, BasicHeader.Pair pair) {
        return row.origin() == CredentialRow.Origin.LEGACY
                || MessageDigest.isEqual(
                        row.systemKey().getBytes(StandardCharsets.UTF_8),
                        pair.systemKey().getBytes(StandardCharsets.UTF_8));
    }
}
