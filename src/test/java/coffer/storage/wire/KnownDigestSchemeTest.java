package coffer.storage.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

class KnownDigestSchemeTest {

    private static final Instant AT = Instant.parse("2013-05-24T00:00:00Z");
    private static final String EMPTY =
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final AwsCredentialsIdentity IDENTITY =
            AwsCredentialsIdentity.create(
                    "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");

    @Test
    void it_signs_as_the_stock_signer_does() {
        var request =
                request(
                        "https://bucket.s3.example.net:8443/inst/systems/a%20b/c?x-id=PutObject&versionId=a%2Fb&flag");
        var stock =
                AwsV4HttpSigner.create()
                        .sign(r ->
                                r.identity(IDENTITY)
                                        .request(request)
                                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                                        .putProperty(
                                                HttpSigner.SIGNING_CLOCK,
                                                Clock.fixed(AT, ZoneOffset.UTC)));

        var ours = KnownDigestScheme.sign(request, IDENTITY, "us-east-1", "s3", AT);

        assertThat(ours.firstMatchingHeader("Authorization"))
                .isEqualTo(stock.request().firstMatchingHeader("Authorization"));
    }

    @Test
    void a_request_without_a_digest_is_not_signed() {
        var request =
                request("http://127.0.0.1/b/k").toBuilder()
                        .removeHeader(KnownDigestScheme.DIGEST)
                        .build();

        assertThatThrownBy(() -> KnownDigestScheme.sign(request, IDENTITY, "us-east-1", "s3", AT))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static SdkHttpRequest request(String uri) {
        return SdkHttpRequest.builder()
                .method(SdkHttpMethod.PUT)
                .uri(URI.create(uri))
                .putHeader(KnownDigestScheme.DIGEST, EMPTY)
                .putHeader("x-amz-meta-filename", "a  b.gpg")
                .putHeader("Content-Type", "application/pgp-encrypted")
                .build();
    }
}
