package coffer.ui;

import coffer.id.Permitted;
import coffer.people.PageDesk;
import coffer.platform.Problem;
import coffer.platform.ProblemType;
import coffer.ui.once.Once;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A new password; nothing else is open before a first one that somebody else set is changed. */
@Named
@RequestScoped
@Permitted({})
public class PasswordPage {

    private final Visit visit;
    private final Words words;
    private final PageDesk desk;
    private final Once once;
    private String current = "";
    private String next = "";
    private String again = "";
    private @Nullable String failure;

    @Inject
    PasswordPage(Visit visit, Words words, PageDesk desk, Once once) {
        this.visit = visit;
        this.words = words;
        this.desk = desk;
        this.once = once;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected PasswordPage() {
        this(null, null, null, null);
    }

    /**
     * Changes it; every other session ends. A form that was sent before leads where it led, and
     * what is typed in it is held against nothing: it is asked after the account was read, so
     * either the form is known to have been sent, or the password is the one from before it.
     */
    public void change() {
        if (!next.equals(again)) {
            failure = words.of("password", "differs");
            return;
        }
        try {
            var change = desk.changePassword(visit.visitor().orElseThrow());
            if (!once.led()) {
                carryOut(change.prove(current, next));
            }
        } catch (Problem refused) {
            failure = reason(refused);
        }
    }

    private void carryOut(Runnable proven) {
        once.go(() -> {
            proven.run();
            return Addresses.noticed(
                    Addresses.ours(visit.parameter("next-page")), "password-changed");
        });
    }

    /** The page that the person wanted when they were sent here. */
    public String getNextPage() {
        return Objects.requireNonNullElse(visit.parameter("next-page"), "");
    }

    private String reason(Problem refused) {
        if (refused.type() != ProblemType.VALIDATION) {
            return words.problem(refused.type().slug(), refused.type().message());
        }
        var wrong =
                refused.data().get("errors") instanceof List<?> errors
                        && errors.getFirst() instanceof Map<?, ?> first
                        && "current_password".equals(first.get("key"));
        return words.of("password", wrong ? "wrong" : "weak");
    }

    /** True where the person has no choice. */
    public boolean isForced() {
        return visit.visitor().filter(PageDesk.Visitor::mustChange).isPresent();
    }

    /** Why it did not work, or null. */
    public @Nullable String getFailure() {
        return failure;
    }

    /** Never shown again. */
    public String getCurrent() {
        return "";
    }

    /** What is typed. */
    public void setCurrent(@Nullable String current) {
        this.current = Objects.requireNonNullElse(current, "");
    }

    /** Never shown again. */
    public String getNext() {
        return "";
    }

    /** What is typed. */
    public void setNext(@Nullable String next) {
        this.next = Objects.requireNonNullElse(next, "");
    }

    /** Never shown again. */
    public String getAgain() {
        return "";
    }

    /** What is typed. */
    public void setAgain(@Nullable String again) {
        this.again = Objects.requireNonNullElse(again, "");
    }
}
