package coffer.platform;

import javax.naming.InitialContext;
import javax.naming.NamingException;

/** What server.xml and the annotations define in the container, by its constant name. */
final class Container {

    private Container() {}

    /** The object of that name; its absence is a fault of the configuration. */
    @SuppressWarnings("BanJNDI") // Names are constants of this folder, never input.
    static <T> T find(String name, Class<T> type) {
        try {
            return type.cast(new InitialContext().lookup(name));
        } catch (NamingException missing) {
            throw new IllegalStateException("server.xml has no " + name, missing);
        }
    }
}
