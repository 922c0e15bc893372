package coffer.fleet;

import coffer.launch.ApplianceClient;
import coffer.launch.People;
import coffer.launch.PersonClient;
import coffer.launch.TestSite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

/** People of any organization and role on the shared site, each signed in for real. */
final class FleetSite {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private FleetSite() {}

    static TestSite shared() {
        return TestSite.shared();
    }

    /** A new account of that organization, signed in. */
    static Person person(UUID organization, String role) {
        var site = shared();
        var account = account(organization, role);
        var token =
                PersonClient.login(site.node(), account.username(), People.PASSWORD)
                        .text("data", "token");
        return new Person(site.node().uri(), "Bearer " + token);
    }

    /** A new account that has not signed in. */
    static People.Account account(UUID organization, String role) {
        var site = shared();
        try (var connection = site.instance().connect()) {
            return new People(connection, site.instance().settings().get("coffer.keys.pepper.k1"))
                    .account(organization, "u-" + UUID.randomUUID(), role);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The root of the site's tree. */
    static UUID owner() {
        try (var connection = shared().instance().connect();
                var run = connection.createStatement();
                var rows = run.executeQuery("select id from organization where kind = 'owner'")) {
            rows.next();
            return rows.getObject(1, UUID.class);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Calls the API as one person. */
    record Person(URI server, String authorization) {

        ApplianceClient.Answer get(String path) {
            return send("GET", path, null);
        }

        ApplianceClient.Answer post(String path, String json) {
            return send("POST", path, json);
        }

        ApplianceClient.Answer put(String path, String json) {
            return send("PUT", path, json);
        }

        ApplianceClient.Answer patch(String path) {
            return send("PATCH", path, null);
        }

        ApplianceClient.Answer delete(String path) {
            return send("DELETE", path, null);
        }

        private ApplianceClient.Answer send(String method, String path, String json) {
            var request =
                    HttpRequest.newBuilder(URI.create(server + "/api" + path))
                            .timeout(PATIENCE)
                            .header("Authorization", authorization)
                            .method(
                                    method,
                                    json == null
                                            ? BodyPublishers.noBody()
                                            : BodyPublishers.ofString(json));
            if (json != null) {
                request.header("Content-Type", "application/json");
            }
            try {
                var answer = HTTP.send(request.build(), BodyHandlers.ofByteArray());
                return new ApplianceClient.Answer(answer.statusCode(), answer);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
