package coffer.launch.demo;

import java.util.List;

/** How a system of the demo behaves, and so in which state its backups are in the end. */
enum Habit {
    /** Every night. */
    NIGHTLY(34, "fresh"),
    /** Every Sunday or so, as its administrator declared. */
    WEEKLY(4, "fresh"),
    /** Every other day, it is declared; nothing for three days, and its configuration changed. */
    DUE(4, "due"),
    /** Every night until five days ago; then its configuration changed. */
    LATE(4, "late"),
    /** Nothing for a month, though it is alive. */
    OVERDUE(2, "overdue"),
    /** Nothing for three weeks, and no sign of life either. */
    SILENT(2, "overdue"),
    /** It was never registered. */
    UNBORN(1, "never"),
    /** It gives signs of life, and has sent nothing. */
    EMPTY(2, "never"),
    /** Its administrator suspended it. */
    SUSPENDED(2, "paused"),
    /** Its customer is suspended. */
    UNPAID(2, "paused"),
    /** It was deleted, and can come back. */
    DELETED(1, "paused"),
    /** It sends without end, on one day, and throws backups away. */
    FLOODED(2, "fresh"),
    /** It was erased by law; a receipt is left. */
    ERASED(1, "");

    private final int count;
    private final String state;

    Habit(int count, String state) {
        this.count = count;
        this.state = state;
    }

    /** The state of its backups in the end; empty where nothing is left. */
    String state() {
        return state;
    }

    /** The habits of all systems, in the order in which the tree is filled. */
    static List<Habit> all() {
        return java.util.Arrays.stream(values())
                .flatMap(one -> java.util.Collections.nCopies(one.count, one).stream())
                .toList();
    }

    /** True when it sends a backup on a day that lies so long ago, one of many. */
    boolean sends(int daysAgo, int number) {
        var regular = daysAgo <= 28 || daysAgo % 3 == number % 3;
        return switch (this) {
            case NIGHTLY, FLOODED -> regular;
            case WEEKLY -> daysAgo % 7 == number % 7;
            case DUE -> regular && daysAgo >= 3;
            case LATE -> regular && daysAgo >= 5;
            case OVERDUE -> regular && daysAgo >= 31;
            case SILENT -> regular && daysAgo >= 21;
            case UNBORN, EMPTY -> false;
            case SUSPENDED, UNPAID -> regular && daysAgo > 10;
            case DELETED -> regular && daysAgo > 6;
            case ERASED -> regular && daysAgo > 26;
        };
    }

    /** True when it says that it lives, to this day. */
    boolean beats() {
        return switch (this) {
            case NIGHTLY, WEEKLY, DUE, LATE, OVERDUE, EMPTY, FLOODED -> true;
            case SILENT, UNBORN, SUSPENDED, UNPAID, DELETED, ERASED -> false;
        };
    }

    /** How often its administrator declared it to send, in days; 0 where it is learned. */
    int declaredDays() {
        return this == WEEKLY ? 7 : this == DUE ? 2 : 0;
    }

    /** Those that have it. */
    List<DemoSystem> among(List<DemoSystem> systems) {
        return systems.stream().filter(one -> one.habit() == this).toList();
    }

    /** True when its configuration changed after its last backup. */
    boolean changed() {
        return this == DUE || this == LATE;
    }
}
