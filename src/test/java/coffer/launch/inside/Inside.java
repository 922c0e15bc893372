package coffer.launch.inside;

import coffer.launch.Checkout;

import org.assertj.core.api.Assertions;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ExplodedImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

import java.io.File;
import java.net.URISyntaxException;

/** What a test that runs inside deploys. */
public final class Inside {

    private Inside() {}

    /** The WAR of this build with these classes (nested ones come along) and AssertJ in it. */
    public static WebArchive war(String name, Class<?>... tests) {
        return ShrinkWrap.create(ExplodedImporter.class, name + ".war")
                .importDirectory(Checkout.war().toFile())
                .as(WebArchive.class)
                .addClasses(tests)
                .addClass(Runner.class)
                .addAsLibraries(jarOf(Assertions.class));
    }

    private static File jarOf(Class<?> type) {
        try {
            return new File(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
