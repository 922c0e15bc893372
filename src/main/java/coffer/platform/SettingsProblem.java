package coffer.platform;

/** A setting makes no sense: the start ends, and the message names the key and what is allowed. */
public final class SettingsProblem extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public SettingsProblem(String key, String what, String allowed) {
        super("setting " + key + " " + what + "; allowed: " + allowed);
    }

    SettingsProblem(String key, String what, String allowed, Throwable cause) {
        super("setting " + key + " " + what + "; allowed: " + allowed, cause);
    }
}
