package coffer.platform;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.Config;

import java.util.regex.Pattern;

/**
 * Who works on the database. The data sources themselves are in server.xml; the names are needed
 * here to give the application's role no more than it needs.
 *
 * @param user the role of the running application
 * @param migrationUser the role that owns the schema; a different one in production
 */
record DatabaseSettings(String user, String migrationUser) implements Settings {

    private static final Pattern ROLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_$-]{0,62}");

    static DatabaseSettings read(SettingsReader reader) {
        reader.text(
                "coffer.database.url",
                "jdbc:postgresql://localhost:5432/coffer",
                Pattern.compile("jdbc:postgresql://.+"));
        var user = reader.text("coffer.database.user", "coffer", ROLE);
        reader.optionalSecret("coffer.database.password");
        var migrationUser = reader.optional("coffer.database.migration-user").orElse(user);
        reader.optionalSecret("coffer.database.migration-password");
        return new DatabaseSettings(user, migrationUser);
    }

    /** True when the application's role is not the owner, so that it can be given less. */
    boolean separate() {
        return !user.equals(migrationUser);
    }

    /** Reads the settings once, at the start. */
    @Dependent
    static class Source {
        @Produces
        @Singleton
        DatabaseSettings settings(Config config) {
            return read(new SettingsReader(config));
        }
    }
}
