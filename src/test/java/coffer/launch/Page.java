package coffer.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;

/** A page of the documentation, whose examples a test runs as they stand there. */
public final class Page {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\n(.*?)^```$");

    private final String text;

    private Page(String text) {
        this.text = text;
    }

    /** By its path in the checkout. */
    public static Page at(String path) {
        try {
            return new Page(Files.readString(Checkout.root().resolve(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its fenced blocks of that language, in order. */
    public List<String> blocks(String language) {
        return BLOCK.matcher(text)
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }
}
