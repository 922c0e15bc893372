package coffer.quota;

import coffer.platform.TokenBuckets;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** How often one system may upload: a bucket a minute and a bucket an hour (api.md section 6). */
@ApplicationScoped
public class UploadRates {

    private final TokenBuckets buckets;
    private final TokenBuckets.Rate rate;

    @Inject
    UploadRates(TokenBuckets buckets, QuotaSettings settings) {
        this.buckets = buckets;
        this.rate = new TokenBuckets.Rate(settings.uploadsPerMinute(), settings.uploadsPerHour());
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected UploadRates() {
        this.buckets = null;
        this.rate = null;
    }

    /** Takes a token; otherwise says how long until there is one. */
    public Optional<Duration> take(UUID systemId) {
        return buckets.take("upload:" + systemId, rate);
    }

    /** Gives a token back: what failed was our fault. */
    public void giveBack(UUID systemId) {
        buckets.giveBack("upload:" + systemId, rate);
    }
}
