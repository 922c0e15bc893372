package coffer.quota;

/**
 * What a transaction did to one system's kept bytes; every field may be negative.
 *
 * @param liveCount backups that the appliance sees
 * @param trashCount backups that wait in the trash
 */
public record UsageChange(int liveCount, long liveBytes, int trashCount, long trashBytes) {

    /** Nothing. */
    public static final UsageChange NONE = new UsageChange(0, 0, 0, 0);

    /** A new backup went live. */
    public UsageChange arrived(long bytes) {
        return new UsageChange(liveCount + 1, liveBytes + bytes, trashCount, trashBytes);
    }

    /** A live backup went to the trash. */
    public UsageChange retired(long bytes) {
        return new UsageChange(
                liveCount - 1, liveBytes - bytes, trashCount + 1, trashBytes + bytes);
    }

    /** A backup came back from the trash. */
    public UsageChange restored(long bytes) {
        return new UsageChange(
                liveCount + 1, liveBytes + bytes, trashCount - 1, trashBytes - bytes);
    }

    /** A live backup went for good. */
    public UsageChange erasedLive(long bytes) {
        return new UsageChange(liveCount - 1, liveBytes - bytes, trashCount, trashBytes);
    }

    /** A backup in the trash went for good. */
    public UsageChange erasedTrash(long bytes) {
        return new UsageChange(liveCount, liveBytes, trashCount - 1, trashBytes - bytes);
    }

    /** What is left of this change when another part of it is booked already. */
    public UsageChange without(UsageChange booked) {
        return new UsageChange(
                liveCount - booked.liveCount,
                liveBytes - booked.liveBytes,
                trashCount - booked.trashCount,
                trashBytes - booked.trashBytes);
    }
}
