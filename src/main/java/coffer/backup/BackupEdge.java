package coffer.backup;

import coffer.platform.Executors;
import coffer.platform.web.HttpSettings;
import coffer.platform.web.TrustedProxies;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

/** What the HTTP entrance needs of the platform, in one hand. */
@Dependent
public class BackupEdge {

    private final Executors executors;
    private final HttpSettings http;
    private final TrustedProxies proxies;

    @Inject
    BackupEdge(Executors executors, HttpSettings http, TrustedProxies proxies) {
        this.executors = executors;
        this.http = http;
        this.proxies = proxies;
    }

    Executors executors() {
        return executors;
    }

    HttpSettings http() {
        return http;
    }

    TrustedProxies proxies() {
        return proxies;
    }
}
