package coffer.platform;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Extension;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads all {@link Settings} while the application is deployed. Every problem found is one line in
 * the log and on standard error, and any of them ends the process: a server never runs on a guess.
 * Without its application Liberty would open its port and answer 404 to everyone, which tells an
 * appliance that there is nothing here to register with.
 */
public class SettingsExtension implements Extension {

    /** EX_CONFIG of sysexits.h. */
    static final int NONSENSE = 78;

    void read(@Observes AfterDeploymentValidation deployment, BeanManager beans) {
        var problems = new ArrayList<Throwable>();
        for (var bean : beans.getBeans(Settings.class, Any.Literal.INSTANCE)) {
            read(bean, beans).ifPresent(problems::add);
        }
        problems.forEach(deployment::addDeploymentProblem);
        if (!problems.isEmpty()) {
            endProcess(problems);
        }
    }

    /**
     * At once, for the port must not open: an orderly end takes Liberty through the very start that
     * has to be stopped. Nothing has begun yet that an end could harm.
     */
    private static void endProcess(List<Throwable> problems) {
        var text = new StringBuilder("Coffer does not start:\n");
        problems.forEach(problem -> text.append("  ").append(problem.getMessage()).append('\n'));
        // Not System.err, which Liberty puts behind a buffer that would be lost.
        try (var error = new FileOutputStream(FileDescriptor.err)) {
            error.write(text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException nobodyListens) {
            Log.warn("settings.unheard", "reason", nobodyListens.getClass().getSimpleName());
        }
        Runtime.getRuntime().halt(NONSENSE);
    }

    private static Optional<Throwable> read(Bean<?> bean, BeanManager beans) {
        try {
            beans.getReference(bean, Settings.class, beans.createCreationalContext(bean));
            return Optional.empty();
        } catch (RuntimeException thrown) {
            return Optional.of(problem(thrown));
        }
    }

    private static Throwable problem(RuntimeException thrown) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            if (at instanceof SettingsProblem problem) {
                Log.warn("settings.refused", "problem", String.valueOf(problem.getMessage()));
                return problem;
            }
        }
        return thrown;
    }
}
