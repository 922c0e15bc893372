package coffer.retention;

/** Why retention decided as it did, for the audit trail, previews and answers. */
public enum Reason {
    /** Not the first nor the last of its UTC day, of which there were the most. */
    CLUTTER("clutter of the most crowded day makes room"),
    /** The oldest first or last of a day; there was no clutter left. */
    OLDEST("the oldest makes room"),
    /** No generation of the policy wants it. */
    SURPLUS("no generation keeps it"),
    /** The appliance asked for it. */
    DELETED("deleted by the appliance"),
    /** The trash passed its soft limit. */
    TRASHED_CLUTTER("clutter in a full trash"),
    /** The trash passed its soft limit, and clutter was not enough. */
    TODAYS_OWN("uploaded today into a full trash"),
    /** The trash passed its soft limit: of the earlier days this one pays, and no other today. */
    ONE_DAY("the one earlier day that a full trash costs today"),
    /** The trash would pass its hard limit: what else came today pays. */
    TODAYS_EARLIER("uploaded earlier today, the trash is at its hard limit"),
    /** It has been in the trash for as long as promised. */
    AGE("past the trash period"),
    /** The upload alone is larger than the cap. */
    EXCEEDS_CAP("larger than the cap of the system"),
    /** Not even today's earlier backups would make enough room. */
    TRASH_AT_HARD_LIMIT("the trash is at its hard limit"),
    /** Pins leave less room than the caps allow. */
    PINS_FILL_CAPS("pinned backups fill the caps");

    private final String text;

    Reason(String text) {
        this.text = text;
    }

    /** The reason in words: lower case, no full stop. */
    public String text() {
        return text;
    }
}
