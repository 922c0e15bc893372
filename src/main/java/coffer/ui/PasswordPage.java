package coffer.ui;

import coffer.id.Permitted;
import coffer.people.PageDesk;
import coffer.platform.Problem;
import coffer.platform.ProblemType;

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
    private String current = "";
    private String next = "";
    private String again = "";
    private @Nullable String failure;

    @Inject
    PasswordPage(Visit visit, Words words, PageDesk desk) {
        this.visit = visit;
        this.words = words;
        this.desk = desk;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected PasswordPage() {
        this(null, null, null);
    }

    /** Changes it; every other session ends. */
    public void change() {
        if (!next.equals(again)) {
            failure = words.of("password", "differs");
            return;
        }
        try {
            desk.changePassword(visit.visitor().orElseThrow(), current, next);
            visit.leaveTo(Addresses.noticed(PageFilter.HOME, "password-changed"));
        } catch (Problem refused) {
            failure = reason(refused);
        }
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
