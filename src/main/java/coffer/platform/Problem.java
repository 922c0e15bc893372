package coffer.platform;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * A refusal on its way to the edge, where {@link ProblemMapper} (or a filter) writes it once. It
 * has no stack trace: refusals are ordinary and must stay cheap.
 */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final ProblemType type;
    private final transient Map<String, ?> data;

    Problem(ProblemType type, Map<String, ?> data, @Nullable Throwable cause) {
        super(type.message(), cause, false, false);
        this.type = type;
        this.data = data;
    }

    /** Which refusal. */
    public ProblemType type() {
        return type;
    }

    /** Its figures, for {@code data}. */
    public Map<String, ?> data() {
        return data;
    }
}
