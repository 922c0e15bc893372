package coffer.people;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What a browser sends of a form of our pages. */
final class PageForm {

    private static final Pattern HIDDEN = Pattern.compile("<input[^>]*type=\"hidden\"[^>]*>");

    private PageForm() {}

    /** Its hidden fields, and the button that was pressed. */
    static String of(String page, String form, String button) {
        var begin = page.indexOf("<form id=\"" + form + "\"");
        if (begin < 0) {
            throw new IllegalStateException("no form " + form + " in\n" + page);
        }
        var fields = new StringBuilder(encoded(button)).append("=yes");
        HIDDEN.matcher(page.substring(begin, page.indexOf("</form>", begin)))
                .results()
                .map(found -> found.group())
                .forEach(tag ->
                        fields.append('&')
                                .append(encoded(attribute(tag, "name")))
                                .append('=')
                                .append(encoded(attribute(tag, "value"))));
        return fields.toString();
    }

    private static String attribute(String tag, String name) {
        var matcher = Pattern.compile(name + "=\"([^\"]*)\"").matcher(tag);
        return matcher.find() ? matcher.group(1).replace("&amp;", "&").replace("&#x2F;", "/") : "";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
