package coffer.legacy;

import static coffer.launch.Bodies.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.FaultProxy.Fault;
import coffer.launch.Ports;
import coffer.launch.TestSite;
import coffer.launch.Tool;
import coffer.launch.Wait;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Broken transfers, as curl sees them through the balancers that stand before real nodes. */
class BehindBalancerHeavyIT {

    private static final int PARTIAL_FILE = 18;

    /** A balancer, and how it is told where the node is. */
    enum Balancer {
        NGINX_THAT_BUFFERS("nginx"),
        NGINX_THAT_STREAMS("nginx"),
        HAPROXY("haproxy");

        private final String program;

        Balancer(String program) {
            this.program = program;
        }

        List<String> command(Path folder, int port, int node) throws IOException {
            var file = folder.resolve(program + ".conf");
            Files.writeString(
                    file, this == HAPROXY ? haproxy(port, node) : nginx(folder, port, node));
            return this == HAPROXY
                    ? List.of("-db", "-f", file.toString())
                    : List.of("-p", folder.toString(), "-c", file.toString(), "-e", "stderr");
        }

        private String nginx(Path folder, int port, int node) {
            return """
            user root;
            daemon off;
            pid %1$s/nginx.pid;
            error_log stderr;
            events {}
            http {
                access_log off;
                client_max_body_size 0;
                client_body_temp_path %1$s/body;
                proxy_temp_path %1$s/proxy;
                fastcgi_temp_path %1$s/fastcgi;
                uwsgi_temp_path %1$s/uwsgi;
                scgi_temp_path %1$s/scgi;
                server {
                    listen 127.0.0.1:%2$d;
                    location / {
                        proxy_pass http://127.0.0.1:%3$d;
                        proxy_http_version 1.1;
                        proxy_request_buffering %4$s;
                    }
                }
            }
            """
                    .formatted(folder, port, node, this == NGINX_THAT_STREAMS ? "off" : "on");
        }

        private static String haproxy(int port, int node) {
            return """
            defaults
                mode http
                timeout connect 5s
                timeout client 60s
                timeout server 60s
            frontend in
                bind 127.0.0.1:%d
                default_backend nodes
            backend nodes
                server node 127.0.0.1:%d
            """
                    .formatted(port, node);
        }
    }

    private final TestSite site = TestSite.shared();
    private final OldClient client = OldClient.of(site);

    @TempDir private Path folder;

    @AfterEach
    void nothing_is_left_reserved_and_catalogue_and_store_agree() {
        site.store().pass();
        site.checkSettled();
    }

    @ParameterizedTest
    @EnumSource
    void a_store_that_fails_and_a_full_organization_break_the_transfer(Balancer balancer)
            throws Exception {
        var full = OldClient.of(site, site.system(site.customer(500)));
        var port = Ports.free();
        var program = Tool.path(balancer.program);
        var log = folder.resolve("balancer.log").toFile();
        var command = new java.util.ArrayList<>(List.of(program.toString()));
        command.addAll(balancer.command(folder, port, site.node().uri().getPort()));
        var process =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
        try {
            var base = URI.create("http://127.0.0.1:" + port);
            Wait.until(balancer + " listens", Duration.ofSeconds(20), () -> listens(port));

            for (var size : List.of(2_000, 3 * 1024 * 1024)) {
                var file = Files.write(folder.resolve("dump.gpg"), bytes(size, size));

                // After a fault the node asks the store first whether it is back.
                Wait.until(
                        "a backup is stored through " + balancer,
                        Duration.ofSeconds(60),
                        () -> client.upload(base, "enterprise", file).output().contains("{\"id\""));
                assertThat(full.upload(base, "enterprise", file).exit()).isEqualTo(PARTIAL_FILE);

                site.store().fault(Fault.ANSWER_500, "PutObject");
                Files.write(file, bytes(size, size + 1));
                assertThat(client.upload(base, "community", file).exit()).isEqualTo(PARTIAL_FILE);
                assertThat(client.proxyUpload(base, file).exit()).isEqualTo(PARTIAL_FILE);
                site.store().pass();
            }
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static boolean listens(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }
}
