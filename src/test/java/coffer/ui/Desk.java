package coffer.ui;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One browser for the tests of a class, handed to its {@code @BeforeAll} and closed behind the last
 * of them. Before each test nobody is signed in, the window is wide and light, and the console is
 * empty. A machine without a browser skips the class and says so.
 */
public final class Desk implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {

    private static final Namespace OURS = Namespace.create(Desk.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getStore(OURS).put(Chromium.class, Chromium.start());
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        var browser = browser(context);
        browser.forget();
        browser.look(1440, "light");
        browser.complaints();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Chromium.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return browser(context);
    }

    /** The store closes it with the class that it belongs to. */
    private static Chromium browser(ExtensionContext context) {
        return context.getStore(OURS).get(Chromium.class, Chromium.class);
    }
}
