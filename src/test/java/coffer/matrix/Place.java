package coffer.matrix;

import java.util.Arrays;
import java.util.List;

/**
 * Where a thing stands, as seen from the distributor whose people call. The tree is the same for
 * every run.
 */
enum Place {
    OWNER("parent", "owner", null, "active"),
    DISTRIBUTOR("own", "distributor", OWNER, "active"),
    RESELLER("child", "reseller", DISTRIBUTOR, "active"),
    CUSTOMER("grandchild", "customer", RESELLER, "active"),
    SIBLING("sibling", "distributor", OWNER, "active"),
    FOREIGN_RESELLER("foreign reseller", "reseller", SIBLING, "active"),
    FOREIGN("foreign branch", "customer", FOREIGN_RESELLER, "active"),
    SUSPENDED("suspended", "reseller", DISTRIBUTOR, "suspended"),
    DELETED("deleted", "reseller", DISTRIBUTOR, "deleted");

    private final String text;
    private final String kind;
    private final Place parent;
    private final String state;

    Place(String text, String kind, Place parent, String state) {
        this.text = text;
        this.kind = kind;
        this.parent = parent;
        this.state = state;
    }

    /** Those that a matrix has rows for. */
    static List<Place> eight() {
        return Arrays.stream(values()).filter(place -> place != FOREIGN_RESELLER).toList();
    }

    String text() {
        return text;
    }

    String kind() {
        return kind;
    }

    Place parent() {
        return parent;
    }

    String state() {
        return state;
    }

    /** Itself or below. */
    boolean isIn(Place other) {
        return this == other || (parent != null && parent.isIn(other));
    }
}
