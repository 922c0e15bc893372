package coffer.people.proof;

import coffer.platform.Executors;
import coffer.platform.Ids;
import coffer.platform.Log;
import coffer.platform.ProblemType;
import coffer.platform.Schema;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;

import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * The RSA keys that sign access tokens, one set for all nodes, in the catalogue. A new one is
 * published a while before it signs, an old one a while after; a node that meets a key it does not
 * know looks into the catalogue before it refuses.
 */
@ApplicationScoped
public class TokenKeys {

    private static final Duration LOOK = Duration.ofSeconds(20);
    private static final Duration PUBLISHED_AHEAD = Duration.ofMinutes(2);
    private static final Duration SLACK = Duration.ofMinutes(5);
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int RETRY_SECONDS = 5;

    private record Known(Set<String> ids, @Nullable RSAKey signing, long at) {}

    private final TokenKeyLedger ledger;
    private final KeyBox box;
    private final Ids ids;
    private final SignInSettings settings;
    private final Executors executors;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile @Nullable Known known;

    @Inject
    TokenKeys(
            TokenKeyLedger ledger,
            KeyBox box,
            Ids ids,
            SignInSettings settings,
            Executors executors) {
        this.ledger = ledger;
        this.box = box;
        this.ids = ids;
        this.settings = settings;
        this.executors = executors;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected TokenKeys() {
        this(null, null, null, null, null);
    }

    void start(@Observes Schema.Ready ready) {
        executors.every(LOOK, "sign-in.keys", this::look);
    }

    /** The key that signs now; a 503 while there is none. */
    RSAKey signing() {
        var now = known;
        var key = now == null || now.signing() == null ? look().signing() : now.signing();
        if (key == null) {
            throw ProblemType.UNAVAILABLE.retryAfter(RETRY_SECONDS);
        }
        return key;
    }

    /**
     * True for a key that verifies. One that is unknown is looked for in the catalogue, but at most
     * once a second: strangers make them up.
     */
    boolean knows(String id) {
        var now = known;
        if (now != null && (now.ids().contains(id) || System.nanoTime() - now.at() < PAUSE_NANOS)) {
            return now.ids().contains(id);
        }
        return look().ids().contains(id);
    }

    private Known look() {
        looking.lock();
        try {
            var rows = ledger.living(settings.keyLifetime());
            if (rows.isEmpty() || rows.getFirst().old()) {
                make(rows);
                rows = ledger.living(settings.keyLifetime());
            }
            TokenKeyFile.write(jwks(rows));
            var next = new Known(idsOf(rows), signing(rows), System.nanoTime());
            known = next;
            return next;
        } finally {
            looking.unlock();
        }
    }

    /** The first of all signs at once; a successor only when every node has had time to see it. */
    private void make(List<TokenKeyRow> rows) {
        var key = box.generate(ids.hex(8));
        var sealed = box.seal(key);
        var row =
                new TokenKeyRow(
                        key.getKeyID(),
                        key.toPublicJWK().toJSONString(),
                        sealed.bytes(),
                        sealed.pepperId(),
                        false,
                        false);
        var grace = PUBLISHED_AHEAD.plus(settings.accessTtl()).plus(SLACK);
        var delay = rows.isEmpty() ? Duration.ZERO : PUBLISHED_AHEAD;
        if (ledger.add(row, rows.isEmpty() ? "" : rows.getFirst().id(), delay, grace)) {
            Log.info("sign_in.key_made", "key_id", row.id());
        }
    }

    private @Nullable RSAKey signing(List<TokenKeyRow> rows) {
        var row = rows.stream().filter(TokenKeyRow::signs).findFirst();
        var before = known;
        if (row.isEmpty()) {
            return null;
        }
        var kept = before == null ? null : before.signing();
        return kept != null && kept.getKeyID().equals(row.get().id())
                ? kept
                : box.open(row.get().id(), row.get().sealed(), row.get().pepperId());
    }

    private static Set<String> idsOf(List<TokenKeyRow> rows) {
        return rows.stream().map(TokenKeyRow::id).collect(Collectors.toUnmodifiableSet());
    }

    private static String jwks(List<TokenKeyRow> rows) {
        var all = new ArrayList<JWK>();
        try {
            for (var row : rows) {
                all.add(RSAKey.parse(row.publicJwk()));
            }
        } catch (ParseException spoilt) {
            throw new IllegalStateException("a public key in the catalogue is not one", spoilt);
        }
        return new JWKSet(all).toString();
    }
}
