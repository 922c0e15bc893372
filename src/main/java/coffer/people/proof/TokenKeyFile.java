package coffer.people.proof;

import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;

/**
 * Where MicroProfile JWT finds the public keys of our access tokens: a JWKS file of this process,
 * in a folder that only its user may enter, which {@link TokenKeys} keeps up to date.
 */
public class TokenKeyFile implements ConfigSource {

    private static final String KEY = "mp.jwt.verify.publickey.location";
    private static final int ABOVE_THE_ENVIRONMENT = 500;

    /** One for the process, whoever asks; made when first asked for. */
    private static final class Place {
        static final Path FILE = make();

        private static Path make() {
            try {
                var folder = Files.createTempDirectory("coffer-keys-"); // 0700
                folder.toFile().deleteOnExit();
                var file = folder.resolve("jwks.json");
                Files.writeString(file, "{\"keys\":[]}");
                file.toFile().deleteOnExit();
                return file;
            } catch (IOException thrown) {
                throw new UncheckedIOException("no place for the public keys", thrown);
            }
        }
    }

    /** Replaces the keys at once. */
    static void write(String jwks) {
        try {
            var next = Place.FILE.resolveSibling("next.json");
            Files.writeString(next, jwks);
            Files.move(
                    next,
                    Place.FILE,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException thrown) {
            throw new UncheckedIOException("cannot write the public keys", thrown);
        }
    }

    @Override
    public @Nullable String getValue(String key) {
        return key.equals(KEY) ? Place.FILE.toUri().toString() : null;
    }

    @Override
    public Set<String> getPropertyNames() {
        return Set.of(KEY);
    }

    @Override
    public String getName() {
        return "the public keys of access tokens";
    }

    @Override
    public int getOrdinal() {
        return ABOVE_THE_ENVIRONMENT;
    }
}
