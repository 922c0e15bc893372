package coffer.ui.operations;

import coffer.alert.AlertRow;
import coffer.platform.ProblemType;
import coffer.ui.Addresses;
import coffer.ui.Ids;
import coffer.ui.PageFilter;
import coffer.ui.Words;

/**
 * What an alert is about, for the view.
 *
 * @param kind {@code system}, {@code job}, {@code purge}, {@code destination}, …
 * @param address where it is; empty where it has no page
 */
public record Subject(String kind, String name, String address) {

    static Subject of(AlertRow alert, Words words) {
        var cut = alert.subject().indexOf(':');
        var kind = cut < 0 ? "" : alert.subject().substring(0, cut);
        var rest = alert.subject().substring(cut + 1);
        if (alert.system() != null) {
            return new Subject(
                    words.of("about", "system"),
                    String.valueOf(alert.systemName()),
                    Addresses.system(alert.system()));
        }
        var label = words.of("about", kind);
        return switch (kind) {
            case "job" -> new Subject(label, rest, Places.job(rest));
            case "destination" -> new Subject(label, rest, PageFilter.FOLDER + "storage.xhtml");
            case "purge" ->
                    new Subject(
                            label,
                            rest,
                            Addresses.purge(Ids.of(rest, ProblemType.PURGE_NOT_FOUND)));
            case "organization" ->
                    new Subject(
                            label,
                            alert.organizationName() == null ? rest : alert.organizationName(),
                            Addresses.of(Addresses.SYSTEMS).with("organization", rest).toString());
            default -> new Subject(label, rest, "");
        };
    }
}
