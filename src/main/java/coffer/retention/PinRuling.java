package coffer.retention;

/** Whether one more backup may be pinned. */
public sealed interface PinRuling {

    /** It may; a pinned one may be pinned again. */
    record Allowed() implements PinRuling {}

    /**
     * As many are pinned as may be.
     *
     * @param maxPins how many may be
     */
    record TooMany(int maxPins) implements PinRuling {}

    /**
     * The pinned ones would be too large together.
     *
     * @param maxPinnedBytes how large they may be
     */
    record TooLarge(long maxPinnedBytes) implements PinRuling {}

    /** There is no such live backup, or it is on its way to the trash. */
    record Absent() implements PinRuling {}
}
