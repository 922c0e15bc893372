package coffer.legacy;

import coffer.id.Caller;
import coffer.id.CurrentCaller;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;

/**
 * An upload of an old client, as far as its refusal depends on it.
 *
 * @param caller whose it is; null if nobody was let in
 * @param sizeBytes as declared, negative if it was not
 */
record LegacyUpload(LegacyProtocol protocol, Caller.@Nullable Appliance caller, long sizeBytes) {

    static LegacyUpload of(LegacyProtocol protocol, HttpServletRequest request) {
        return new LegacyUpload(
                protocol,
                CurrentCaller.find(request).orElse(null) instanceof Caller.Appliance caller
                        ? caller
                        : null,
                request.getContentLengthLong());
    }
}
