package coffer.launch;

import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A real S3 server on the file system, which checks signatures. A bucket is a folder. It runs in
 * this process and ends with it; it knows no versions, locks or policies.
 */
public final class StorePart {

    /** The one key pair it accepts. */
    public static final String ACCESS_KEY = "coffer-access";

    /** Its secret: the server listens on the loopback address only. */
    public static final String SECRET_KEY = "coffer-secret-of-the-embedded-store";

    /** What it calls the place it is in. */
    public static final String REGION = "us-east-1";

    private static final int LARGEST_SIGNED_BODY = 64 * 1024 * 1024;

    private final Path folder;
    private final int port;
    private @Nullable S3Proxy server;

    StorePart(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** Starts it, on the data it had. */
    public synchronized void start() {
        try {
            Files.createDirectories(folder);
            var started =
                    S3Proxy.builder()
                            .endpoint(endpoint())
                            .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
                            .blobStore(new FilesystemNio2BlobStore(folder.toString()))
                            .v4MaxNonChunkedRequestSize(LARGEST_SIGNED_BODY)
                            .ignoreUnknownHeaders(true)
                            .stopTimeout(500)
                            .build();
            started.start();
            server = started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException("the object store did not start", e);
        }
    }

    /** Stops it; connections are cut. */
    public synchronized void stop() {
        if (server != null) {
            try {
                server.stop();
            } catch (Exception e) {
                throw new IllegalStateException("the object store did not stop", e);
            } finally {
                server = null;
            }
        }
    }

    /** Where it listens. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** The folder that holds a bucket's objects as files. */
    public Path bucket(String name) {
        return folder.resolve(name);
    }

    void createBucket(String name) {
        try {
            Files.createDirectories(bucket(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
