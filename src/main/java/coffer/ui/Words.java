package coffer.ui;

import coffer.platform.Problem;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** For the views: texts with arguments, times, ages and sizes in the page's language. */
@Named
@RequestScoped
public class Words {

    private final Phrases phrases;
    private final Texts texts;
    private final Instant now;

    @Inject
    Words(Visit visit, Clock clock) {
        this.phrases = new Phrases(visit.getLocale());
        this.texts = Texts.in(visit.getLocale().getLanguage());
        this.now = clock.instant();
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected Words() {
        this.phrases = null;
        this.texts = Texts.in("");
        this.now = Instant.EPOCH;
    }

    /** The texts behind. */
    public Phrases phrases() {
        return phrases;
    }

    /** One moment for the whole page. */
    public Instant now() {
        return now;
    }

    /** A text. */
    public String with(String key, Object one) {
        return phrases.text(key, one);
    }

    /** A text. */
    public String with(String key, Object one, Object two) {
        return phrases.text(key, one, two);
    }

    /** A text. */
    public String with(String key, Object one, Object two, Object three) {
        return phrases.text(key, one, two, three);
    }

    /** The text of a state, kind or code that the server names; its own name if there is none. */
    public String of(String family, @Nullable String code) {
        var known = code == null || code.isEmpty() ? "none" : code;
        var key = family + "." + known.toLowerCase(Locale.ROOT);
        return phrases.has(key) ? phrases.text(key) : texts.of(family, known);
    }

    /** A moment. */
    public String at(@Nullable Instant instant) {
        return phrases.at(instant);
    }

    /** A day. */
    public String day(Instant instant) {
        return phrases.day(instant);
    }

    /** How long ago. */
    public String age(@Nullable Instant instant) {
        return phrases.age(instant, now);
    }

    /** How long. */
    public String span(@Nullable Long seconds) {
        return seconds == null
                ? phrases.text("time.unknown")
                : phrases.span(Duration.ofSeconds(seconds));
    }

    /** How large. */
    public String size(long bytes) {
        return phrases.size(bytes);
    }

    /** How many. */
    public String number(long number) {
        return phrases.number(number);
    }

    /** What happened, by the code in the address, or null. */
    public @Nullable String notice(@Nullable String code) {
        var key = "notice." + code;
        return code != null && code.matches("[a-z-]{1,40}") && phrases.has(key)
                ? phrases.text(key)
                : null;
    }

    /** What a refusal means, and what to do. */
    public String problem(Problem refused) {
        return problem(refused.type().slug(), texts.of(refused.type()));
    }

    /** What a refusal means, and what to do; {@code otherwise} where there is no text. */
    public String problem(String slug, String otherwise) {
        var key = "problem." + slug;
        return phrases.has(key) ? phrases.text(key) : otherwise;
    }
}
