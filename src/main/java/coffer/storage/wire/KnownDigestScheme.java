package coffer.storage.wire;

import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.scheme.AuthScheme;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignRequest;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignedRequest;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.IdentityProviders;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * AWS Signature Version 4 in headers, for requests that already carry {@code x-amz-content-sha256}
 * (a digest, or {@code UNSIGNED-PAYLOAD}). The stock signer would read the whole body again to hash
 * it over plain HTTP, and never sends a digest it did not compute over TLS. Rules: AWS, "Create a
 * signed AWS API request"; for S3 the path is encoded once.
 */
public final class KnownDigestScheme
        implements AuthScheme<AwsCredentialsIdentity>, HttpSigner<AwsCredentialsIdentity> {

    /** The header whose value is signed as the payload's digest. */
    public static final String DIGEST = "x-amz-content-sha256";

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";

    @Override
    public String schemeId() {
        return "aws.auth#sigv4";
    }

    @Override
    public IdentityProvider<AwsCredentialsIdentity> identityProvider(IdentityProviders providers) {
        return providers.identityProvider(AwsCredentialsIdentity.class);
    }

    @Override
    public HttpSigner<AwsCredentialsIdentity> signer() {
        return this;
    }

    @Override
    public SignedRequest sign(SignRequest<? extends AwsCredentialsIdentity> request) {
        var region = request.requireProperty(AwsV4HttpSigner.REGION_NAME);
        var service = request.requireProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME);
        var at =
                request.requireProperty(HttpSigner.SIGNING_CLOCK, java.time.Clock.systemUTC())
                        .instant();
        var signed = sign(request.request(), request.identity(), region, service, at);
        return SignedRequest.builder()
                .request(signed)
                .payload(request.payload().orElse(null))
                .build();
    }

    @Override
    public CompletableFuture<AsyncSignedRequest> signAsync(
            AsyncSignRequest<? extends AwsCredentialsIdentity> request) {
        throw new UnsupportedOperationException("only the synchronous client is used");
    }

    static SdkHttpRequest sign(
            SdkHttpRequest request,
            AwsCredentialsIdentity identity,
            String region,
            String service,
            Instant at) {
        var stamp = STAMP.format(at);
        var scope = stamp.substring(0, 8) + "/" + region + "/" + service + "/aws4_request";
        var unsigned =
                request.toBuilder()
                        .putHeader("Host", host(request))
                        .putHeader("X-Amz-Date", stamp)
                        .build();
        var headers = signable(unsigned);
        var names = String.join(";", headers.keySet());
        var canonical = canonical(unsigned, headers, names);
        var text = ALGORITHM + "\n" + stamp + "\n" + scope + "\n" + hex(sha256(canonical));
        var signature = hex(hmac(key(identity.secretAccessKey(), scope), text));
        var credential = "Credential=" + identity.accessKeyId() + "/" + scope;
        return unsigned.toBuilder()
                .putHeader(
                        "Authorization",
                        ALGORITHM
                                + " "
                                + credential
                                + ", SignedHeaders="
                                + names
                                + ", Signature="
                                + signature)
                .build();
    }

    private static String canonical(
            SdkHttpRequest request, SortedMap<String, String> headers, String names) {
        var digest =
                request.firstMatchingHeader(DIGEST)
                        .orElseThrow(() -> new IllegalArgumentException("no " + DIGEST));
        var lines =
                headers.entrySet().stream()
                        .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                        .collect(Collectors.joining());
        var path = request.encodedPath().isEmpty() ? "/" : request.encodedPath();
        return String.join(
                "\n", request.method().name(), path, query(request), lines, names, digest);
    }

    private static String query(SdkHttpRequest request) {
        var sorted = new TreeMap<String, String>();
        request.forEachRawQueryParameter((name, values) ->
                sorted.put(
                        SdkHttpUtils.urlEncode(name),
                        values.stream()
                                .map(value -> value == null ? "" : SdkHttpUtils.urlEncode(value))
                                .findFirst()
                                .orElse("")));
        return sorted.entrySet().stream()
                .map(part -> part.getKey() + "=" + part.getValue())
                .collect(Collectors.joining("&"));
    }

    /** Only what must be signed: proxies may change the rest. */
    private static SortedMap<String, String> signable(SdkHttpRequest request) {
        var headers = new TreeMap<String, String>();
        request.forEachHeader((name, values) -> {
            var lower = name.toLowerCase(Locale.ROOT);
            if (lower.equals("host")
                    || lower.equals("content-type")
                    || lower.startsWith("x-amz-")) {
                headers.put(
                        lower,
                        values.stream()
                                .map(value -> value.strip().replaceAll(" +", " "))
                                .collect(Collectors.joining(",")));
            }
        });
        return headers;
    }

    private static String host(SdkHttpRequest request) {
        return SdkHttpUtils.isUsingStandardPort(request.protocol(), request.port())
                ? request.host()
                : request.host() + ":" + request.port();
    }

    private static byte[] key(String secret, String scope) {
        var key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (var part : scope.split("/", -1)) {
            key = hmac(key, part);
        }
        return key;
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
