package coffer.launch.demo;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens connections to the catalogue of a demo, as a superuser. */
@FunctionalInterface
public interface Catalogue {

    /** A new connection. */
    Connection connect() throws SQLException;
}
