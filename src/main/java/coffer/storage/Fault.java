package coffer.storage;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

import java.time.Duration;
import java.util.Set;

/** What an exception of the SDK means for the caller. */
sealed interface Fault {

    /** Nobody is there, or somebody who cannot answer now. */
    record Away(Duration retryAfter, String cause) implements Fault {}

    /** The store knows no such object. */
    record Absent() implements Fault {}

    /** The store understood and said no. */
    record Refused(int status, String code, String cause) implements Fault {

        /** The store does not know this operation or header. */
        boolean notImplemented() {
            return status == 501
                    || status == 405
                    || Set.of("NotImplemented", "MethodNotAllowed").contains(code);
        }
    }

    /** When the store itself does not say when to come back. */
    Duration COME_BACK = Duration.ofSeconds(30);

    /** These come with a 4xx status and pass by themselves. */
    Set<String> PASSING =
            Set.of(
                    "RequestTimeout",
                    "SlowDown",
                    "ThrottlingException",
                    "TooManyRequests",
                    "OperationAborted",
                    "ConditionalRequestConflict");

    static Fault of(SdkException thrown) {
        if (!(thrown instanceof AwsServiceException answer)) {
            return new Away(COME_BACK, root(thrown));
        }
        var details = answer.awsErrorDetails();
        var code = details == null || details.errorCode() == null ? "" : details.errorCode();
        var status = answer.statusCode();
        var cause = status + " " + code;
        if ((status >= 500 && status != 501) || status == 429 || PASSING.contains(code)) {
            return new Away(retryAfter(answer), cause);
        }
        if (status == 404 && !code.equals("NoSuchBucket")) {
            return new Absent();
        }
        return new Refused(status, code, cause);
    }

    private static Duration retryAfter(AwsServiceException answer) {
        var details = answer.awsErrorDetails();
        if (details == null || details.sdkHttpResponse() == null) {
            return COME_BACK;
        }
        return details.sdkHttpResponse()
                .firstMatchingHeader("Retry-After")
                .filter(text -> text.matches("\\d{1,4}"))
                .map(text -> Duration.ofSeconds(Math.max(1, Long.parseLong(text))))
                .orElse(COME_BACK);
    }

    /** The innermost reason, on one line: "ConnectException: Connection refused". */
    private static String root(Throwable thrown) {
        var inner = thrown;
        while (inner.getCause() != null) { // a throwable refuses to be its own cause
            inner = inner.getCause();
        }
        return inner.getClass().getSimpleName() + ": " + inner.getMessage();
    }
}
