package coffer.erasure;

import static jakarta.transaction.Transactional.TxType.REQUIRED;
import static jakarta.transaction.Transactional.TxType.REQUIRES_NEW;

import coffer.platform.Installation;
import coffer.platform.web.Json;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import org.erdtman.jcs.JsonCanonicalizer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What an erasure leaves: a signed receipt (docs/format/erasure-receipt.md) and, outside the
 * database, an entry in the erasure log. Ids, counts and instants only.
 */
@ApplicationScoped
public class Receipts {

    /** A key that verifies receipts: SubjectPublicKeyInfo (RFC 8410) in base64. */
    public record PublicKeyView(
            String keyId, String algorithm, boolean current, String publicKey) {}

    static final String FORMAT = "coffer.erasure-receipt/1";
    static final String LOG_FORMAT = "coffer.erasure-log/1";

    private final PurgeLedger purges;
    private final WorkLedger work;
    private final PlaceLedger places;
    private final ReceiptKeys keys;
    private final PurgeNotes notes;
    private final ReceiptContext context;

    @Inject
    Receipts(
            PurgeLedger purges,
            WorkLedger work,
            PlaceLedger places,
            ReceiptKeys keys,
            PurgeNotes notes,
            ReceiptContext context) {
        this.purges = purges;
        this.work = work;
        this.places = places;
        this.keys = keys;
        this.notes = notes;
        this.context = context;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected Receipts() {
        this(null, null, null, null, null, null);
    }

    /** The keys of all receipts that this installation still vouches for. */
    public List<PublicKeyView> keys() {
        return keys.ids().stream()
                .map(id ->
                        new PublicKeyView(
                                id,
                                ReceiptKeys.ALGORITHM,
                                id.equals(keys.current()),
                                Base64.getEncoder()
                                        .encodeToString(keys.publicKey(id).getEncoded())))
                .toList();
    }

    /** True when one of our keys has signed exactly this receipt; nothing is taken on trust. */
    public boolean genuine(String receipt) {
        try {
            var content = VerifyReceipt.receipt(receipt);
            return content.get("key_id") instanceof String id
                    && keys.ids().contains(id)
                    && VerifyReceipt.genuine(content, keys.publicKey(id).getEncoded());
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }

    /** The last transaction of an erasure: its organizations' rows go, its receipt comes. */
    @Transactional(REQUIRED)
    public void conclude(UUID id) {
        work.clearOrganizations(id);
        var purge = purges.find(id).orElseThrow();
        var at = context.clock().instant();
        if (purges.done(id, at, signed(content(purge, at)))) {
            notes.concluded(purge);
        }
    }

    /** What the erasure log says of it. */
    @Transactional(REQUIRES_NEW)
    public String logEntry(PurgeRow purge) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("format", LOG_FORMAT);
        entry.put("installation", context.installation());
        entry.put("purge_id", purge.id().toString());
        entry.put("subject", subject(purge));
        entry.put("path", texts(purge.path()));
        entry.put("requested_by", purge.requestedBy());
        entry.put("requested_at", time(purge.requestedAt()));
        entry.put("systems", texts(systems(purge.id())));
        entry.put("organizations", texts(work.organizations(purge.id())));
        return canonical(entry);
    }

    private Map<String, Object> content(PurgeRow purge, Instant at) {
        var content = new LinkedHashMap<String, Object>();
        content.put("format", FORMAT);
        content.put("installation", context.installation());
        content.put("purge_id", purge.id().toString());
        content.put("subject", subject(purge));
        content.put("systems", texts(systems(purge.id())));
        content.put("organizations", texts(work.organizations(purge.id())));
        content.put("requested_by", purge.requestedBy());
        content.put("requested_at", time(purge.requestedAt()));
        content.put("completed_at", time(at));
        content.put("replayed", purge.replayed());
        content.put("erased", purge.counts());
        content.put(
                "destinations",
                places.looks(purge.id()).stream()
                        .map(looked ->
                                Map.of(
                                        "name", looked.destination(),
                                        "folders", looked.places(),
                                        "first_look_at", time(looked.firstAt()),
                                        "last_look_at", time(looked.lastAt()),
                                        "left", 0))
                        .toList());
        content.put("exports", List.of()); // Coffer makes none yet; each will have its expiry here.
        return content;
    }

    /** The content with its signature, in canonical form. */
    String signed(Map<String, Object> content) {
        var whole = new LinkedHashMap<>(content);
        whole.put("algorithm", ReceiptKeys.ALGORITHM);
        whole.put("key_id", keys.current());
        var signature =
                keys.sign(keys.current(), canonical(whole).getBytes(StandardCharsets.UTF_8));
        whole.put("signature", Base64.getUrlEncoder().withoutPadding().encodeToString(signature));
        return canonical(whole);
    }

    private List<UUID> systems(UUID purge) {
        return work.systems(purge, true, new UUID(0, 0), Integer.MAX_VALUE);
    }

    private static Map<String, String> subject(PurgeRow purge) {
        return Map.of("kind", purge.subjectKind(), "id", purge.subjectId().toString());
    }

    private static List<String> texts(List<UUID> ids) {
        return ids.stream().map(UUID::toString).toList();
    }

    private static String time(Instant at) {
        return new Json.InstantText().adaptToJson(at);
    }

    private static String canonical(Map<String, ?> content) {
        try {
            return new JsonCanonicalizer(Json.text(content)).getEncodedString();
        } catch (IOException notJson) {
            throw new IllegalStateException("not fit for a receipt", notJson);
        }
    }

    /** Whose receipts, and when. */
    @ApplicationScoped
    static class ReceiptContext {

        private final Installation installation;
        private final Clock clock;

        @Inject
        ReceiptContext(Installation installation, Clock clock) {
            this.installation = installation;
            this.clock = clock;
        }

        /** For the client proxy. */
        @SuppressWarnings("NullAway")
        protected ReceiptContext() {
            this(null, null);
        }

        String installation() {
            return installation.id();
        }

        Clock clock() {
            return clock;
        }
    }
}
