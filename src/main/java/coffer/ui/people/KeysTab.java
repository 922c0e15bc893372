package coffer.ui.people;

import coffer.id.Permitted;
import coffer.people.key.ApiKeyView;
import coffer.people.key.ApiKeys;
import coffer.platform.Problem;
import coffer.platform.ProblemType;
import coffer.ui.Addresses;
import coffer.ui.Entries;
import coffer.ui.Ids;
import coffer.ui.Visit;
import coffer.ui.Words;
import coffer.ui.once.Once;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** One's own API keys. A new one is in the answer, and nowhere else. */
@Named
@RequestScoped
@Permitted({})
public class KeysTab {

    /**
     * A key in the one answer that tells it.
     *
     * @param text what a program sends
     */
    public record Told(String name, String text) {

        /** Not in a log. */
        @Override
        public String toString() {
            return "Told[" + name + ", ****]";
        }
    }

    private final Visit visit;
    private final Words words;
    private final Entries entries;
    private final ApiKeys keys;
    private final Once once;
    private @Nullable List<ApiKeyView> lines;
    private @Nullable Told told;

    @Inject
    KeysTab(Visit visit, Words words, Entries entries, ApiKeys keys, Once once) {
        this.visit = visit;
        this.words = words;
        this.entries = entries;
        this.keys = keys;
        this.once = once;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected KeysTab() {
        this(null, null, null, null, null);
    }

    /** Those that neither ended nor expired, newest first. */
    public List<ApiKeyView> getLines() {
        if (lines == null) {
            lines = keys.list(visit.caller());
        }
        return lines;
    }

    /** The new key, or null. */
    public @Nullable Told getTold() {
        return told;
    }

    /** Creates or revokes. */
    public void act() {
        if (!entries.sent()) {
            return;
        }
        try {
            if (visit.parameter("create") != null) {
                create();
            } else if (visit.parameter("revoke") != null) {
                var id = Ids.of(visit.parameter("revoke"), ProblemType.API_KEY_NOT_FOUND);
                once.go(() -> {
                    keys.delete(visit.caller(), id);
                    return Addresses.noticed(AccountPage.PATH, "key-revoked");
                });
            }
        } catch (Problem refused) {
            entries.refuse(refused);
        }
    }

    private void create() {
        var name = entries.text("key_name");
        if (name.isEmpty()) {
            entries.wrong("key_name", words.of("wrong", "key_name"));
        }
        var days = entries.number("expires_in_days");
        if (entries.isRight() && once.tell(() -> make(name, days))) {
            lines = null;
            entries.forget();
        }
    }

    private String make(String name, @Nullable Integer days) {
        var made = keys.create(visit.caller(), name, visit.parameter("scope"), days);
        told = new Told(made.key().name(), made.text().reveal());
        return Addresses.noticed(AccountPage.PATH, "told-key");
    }
}
