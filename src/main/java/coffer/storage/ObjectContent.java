package coffer.storage;

import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * The bytes of an object on their way. Closing it early ends the connection instead of reading the
 * rest. The stream throws {@link IOException} when the store closes before all bytes came.
 */
public final class ObjectContent implements AutoCloseable {

    private final ResponseInputStream<GetObjectResponse> answer;

    ObjectContent(ResponseInputStream<GetObjectResponse> answer) {
        this.answer = answer;
    }

    /** Bytes of this answer: of the range, when one was asked for. */
    public long sizeBytes() {
        return answer.response().contentLength();
    }

    /** What was written beside the bytes: {@code sha256}, {@code filename}, {@code uploaded-at}. */
    public Map<String, String> metadata() {
        return answer.response().metadata();
    }

    /** The bytes, once. */
    public InputStream stream() {
        return answer;
    }

    @Override
    public void close() {
        answer.abort();
    }
}
