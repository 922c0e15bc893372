package coffer.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where things are in the checkout that this code was built from. */
public final class Checkout {

    private static final Path ROOT = find(Path.of("").toAbsolutePath());

    private Checkout() {}

    /** The folder of {@code pom.xml}. */
    public static Path root() {
        return ROOT;
    }

    /** The unpacked Liberty that the build installed; nodes only read it. */
    static Path liberty() {
        return built("target/liberty/wlp");
    }

    /** The exploded WAR. */
    public static Path war() {
        return built("target/coffer");
    }

    /** Where tests keep what they may throw away; it is there. */
    public static Path scratch() {
        try {
            return Files.createDirectories(ROOT.resolve("target/scratch"));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Path built(String path) {
        var folder = ROOT.resolve(path);
        if (!Files.isDirectory(folder)) {
            throw new IllegalStateException(
                    path + " is missing; run ./mvnw process-test-classes first");
        }
        return folder;
    }

    private static Path find(Path folder) {
        for (var here = folder; here != null; here = here.getParent()) {
            if (Files.exists(here.resolve("pom.xml"))
                    && Files.exists(here.resolve("src/main/liberty"))) {
                return here;
            }
        }
        throw new IllegalStateException("not inside a checkout of Coffer: " + folder);
    }
}
