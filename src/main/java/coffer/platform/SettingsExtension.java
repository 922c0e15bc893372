package coffer.platform;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Extension;

/**
 * Reads all {@link Settings} while the application is deployed. Every problem found is one line in
 * the log, and any of them ends the start: a server never runs on a guess.
 */
public class SettingsExtension implements Extension {

    void read(@Observes AfterDeploymentValidation deployment, BeanManager beans) {
        for (var bean : beans.getBeans(Settings.class, Any.Literal.INSTANCE)) {
            read(bean, deployment, beans);
        }
    }

    private static void read(
            Bean<?> bean, AfterDeploymentValidation deployment, BeanManager beans) {
        try {
            beans.getReference(bean, Settings.class, beans.createCreationalContext(bean));
        } catch (RuntimeException thrown) {
            deployment.addDeploymentProblem(problem(thrown));
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
