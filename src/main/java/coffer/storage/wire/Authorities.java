package coffer.storage.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificate authorities from a file, for a store whose certificate no public one has signed. */
public final class Authorities {

    private Authorities() {}

    /**
     * A TLS context that trusts the certificates of a PEM file and no others.
     *
     * @throws IllegalArgumentException when the file cannot be read or holds none
     */
    public static SSLContext of(Path pem) {
        try (var file = Files.newInputStream(pem)) {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (var one : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
                store.setCertificateEntry("authority-" + store.size(), one);
            }
            if (store.size() == 0) {
                throw new IllegalArgumentException("no certificate in " + pem);
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException unusable) {
            throw new IllegalArgumentException("no certificates can be read from " + pem, unusable);
        }
    }
}
