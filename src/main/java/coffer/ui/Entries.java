package coffer.ui;

import coffer.platform.ByteSize;
import coffer.platform.Problem;
import coffer.platform.ProblemType;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.validation.Validator;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is typed into a form: shown again when it is refused, each fault beside its field. A field
 * is called as the API calls it, so that its refusals are found.
 */
@Named
@RequestScoped
public class Entries {

    private final Visit visit;
    private final Words words;
    private final Validator validator;
    private final Map<String, String> wrong = new LinkedHashMap<>();
    private @Nullable String failure;
    private boolean done;

    @Inject
    Entries(Visit visit, Words words, Validator validator) {
        this.visit = visit;
        this.words = words;
        this.validator = validator;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected Entries() {
        this(null, null, null);
    }

    /** True when a form was sent. */
    public boolean sent() {
        return visit.request().getMethod().equals("POST");
    }

    /** What a field shows: what was typed, else what is. */
    public String typed(String field, @Nullable Object otherwise) {
        var typed = (sent() && !done) ? visit.request().getParameter(field) : null;
        var shown = typed == null ? otherwise : typed;
        return shown == null ? "" : shown.toString();
    }

    /** Whether one of several is ticked. */
    public boolean ticked(String field, String value, Collection<String> otherwise) {
        var typed = visit.request().getParameterValues(field);
        if (typed == null || !sent()) {
            return otherwise.contains(value);
        }
        return List.of(typed).contains(value);
    }

    /** All that are ticked. */
    public List<String> ticked(String field) {
        var typed = visit.request().getParameterValues(field);
        return typed == null ? List.of() : List.of(typed);
    }

    /** A text without blanks around it; empty if nothing was typed. */
    public String text(String field) {
        var typed = visit.parameter(field);
        return typed == null ? "" : typed;
    }

    /** A whole number, or null for none; another text is wrong. */
    public @Nullable Integer number(String field) {
        var typed = visit.parameter(field);
        if (typed != null && !typed.matches("[0-9]{1,9}")) {
            wrong(field, words.of("wrong", "number"));
            return null;
        }
        return typed == null ? null : Integer.valueOf(typed);
    }

    /** A number of bytes, or null for none; another text is wrong. */
    public @Nullable Long size(String field) {
        var typed = visit.parameter(field);
        try {
            return typed == null ? null : ByteSize.parse(typed).bytes();
        } catch (IllegalArgumentException | ArithmeticException noSize) {
            wrong(field, words.of("wrong", "size"));
            return null;
        }
    }

    /** Finds what no such thing may be; true for nothing. */
    public boolean valid(Object thing) {
        for (var found : validator.validate(thing)) {
            var field = found.getPropertyPath().toString();
            fault(field.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT));
        }
        return wrong.isEmpty();
    }

    /** True while nothing is wrong. */
    public boolean isRight() {
        return wrong.isEmpty();
    }

    /** Says what is wrong with a field. */
    public void wrong(String field, String text) {
        wrong.putIfAbsent(field, text);
    }

    /** What is wrong with a field, or null. */
    public @Nullable String reason(String field) {
        return wrong.get(field);
    }

    /** Says why it was not done: beside its fields, or above the form. */
    public void refuse(Problem refused) {
        if (refused.type() == ProblemType.VALIDATION
                && refused.data().get("errors") instanceof List<?> errors) {
            for (var error : errors) {
                if (error instanceof Map<?, ?> one) {
                    fault(String.valueOf(one.get("key")));
                }
            }
        } else if (refused.type() == ProblemType.POLICY_LOOSER
                && refused.data().get("fields") instanceof List<?> fields) {
            fields.forEach(field -> wrong(field.toString(), words.of("wrong", "looser")));
        }
        failure = words.problem(refused);
    }

    /** It was done, and its page stays: the fields begin anew. */
    public void forget() {
        done = true;
    }

    /** Why something was not done, or null. */
    public @Nullable String getFailure() {
        return failure != null || wrong.isEmpty() ? failure : words.of("wrong", "fields");
    }

    private void fault(String field) {
        wrong(field, words.of("wrong", field));
    }
}
