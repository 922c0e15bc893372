package coffer.ui;

import coffer.alert.AlertKind;
import coffer.alert.Alerts;
import coffer.id.Permission;
import coffer.id.Role;
import coffer.platform.ProblemType;

import java.util.Locale;
import java.util.ResourceBundle;

/**
 * The words of pages in one language, from {@code messages_en.properties} and {@code
 * messages_it.properties}. A key is an area and the value as the API has it, {@code
 * backup-state.overdue}; underscores and colons of the value are hyphens in the key.
 */
public final class Texts {

    /** What a person without a known language reads. */
    public static final Locale USUAL = Locale.ENGLISH;

    private static final ResourceBundle.Control NO_OTHER_LANGUAGE =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
    private static final Texts ENGLISH = new Texts(USUAL);
    private static final Texts ITALIAN = new Texts(Locale.ITALIAN);

    private final Locale locale;
    private final ResourceBundle bundle;

    private Texts(Locale locale) {
        this.locale = locale;
        this.bundle = ResourceBundle.getBundle("coffer.ui.messages", locale, NO_OTHER_LANGUAGE);
    }

    /** In the language of an account, {@code en} or {@code it}; any other is read as English. */
    public static Texts in(String language) {
        return language.equals(Locale.ITALIAN.getLanguage()) ? ITALIAN : ENGLISH;
    }

    /** For dates and numbers beside the words. */
    public Locale locale() {
        return locale;
    }

    /**
     * The text of a value that the API shows, {@code of("backup-state", "overdue")}. One that is
     * not known is shown as it is: a page with a word in it that nobody translated beats no page.
     */
    public String of(String area, String value) {
        var key = key(area, value);
        return bundle.containsKey(key) ? bundle.getString(key) : value;
    }

    /** What a role is called. */
    public String of(Role role) {
        return of("role", role.wire());
    }

    /** What a permission allows. */
    public String of(Permission permission) {
        return of("permission", permission.wire());
    }

    /** What has happened. */
    public String of(AlertKind kind) {
        return of("alert", kind.code());
    }

    /** How much it matters. */
    public String of(Alerts.Severity severity) {
        return of("severity", severity.name());
    }

    /** What was refused. */
    public String of(ProblemType problem) {
        return of("problem", problem.name());
    }

    static String key(String area, String value) {
        return area + '.' + value.toLowerCase(Locale.ROOT).replace('_', '-').replace(':', '-');
    }
}
