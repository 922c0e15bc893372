package coffer.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The WAR of this build with servlets that only a test has; for {@code coffer.war}. */
public final class TestWar {

    private TestWar() {}

    /** A copy with these classes, nested ones included, named after the first. */
    public static Path with(Class<?>... servlets) {
        var war = Checkout.war();
        var copy =
                Checkout.scratch()
                        .resolve(
                                "war-with-"
                                        + servlets[0].getSimpleName()
                                        + "-"
                                        + ProcessHandle.current().pid());
        copy(war, copy);
        for (var servlet : servlets) {
            var folder = servlet.getPackageName().replace('.', '/');
            var classes = Checkout.root().resolve("target/test-classes").resolve(folder);
            try (var files = Files.list(classes)) {
                for (var file : files.toList()) {
                    var name = file.getFileName().toString();
                    if (name.matches(servlet.getSimpleName() + "(\\$.*)?\\.class")) {
                        var target = copy.resolve("WEB-INF/classes").resolve(folder).resolve(name);
                        Files.createDirectories(target.getParent());
                        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return copy;
    }

    private static void copy(Path from, Path to) {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
