package coffer.legacy;

import coffer.access.ApplianceAccess;
import coffer.id.CurrentCaller;
import coffer.intake.Uploads;
import coffer.platform.Problem;
import coffer.platform.ProblemType;
import coffer.platform.web.BrokenTransfer;
import coffer.platform.web.OldPaths;
import coffer.platform.web.Problems;
import coffer.platform.web.RouteFilter;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Optional;

/**
 * The entrance of old calls: lets in by a token where that is the way, admits uploads before their
 * body, and counts. Any other request passes. The resources demand a system all the same.
 */
public class LegacyFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // Filters are never serialized.
    private final ApplianceAccess access;

    @SuppressWarnings("serial")
    private final Uploads uploads;

    @SuppressWarnings("serial")
    private final LegacyUploads legacy;

    @SuppressWarnings("serial")
    private final LegacyUses uses;

    @SuppressWarnings("serial")
    private final LegacyNames names;

    @Inject
    public LegacyFilter(
            ApplianceAccess access,
            Uploads uploads,
            LegacyUploads legacy,
            LegacyUses uses,
            LegacyNames names) {
        this.access = access;
        this.uploads = uploads;
        this.legacy = legacy;
        this.uses = uses;
        this.names = names;
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var call = LegacyCall.of(request).orElse(null);
        if (call == null || call.proof() == LegacyCall.Proof.BODY) {
            chain.doFilter(request, response);
        } else if (OldPaths.isUpload(request)) {
            upload(call, request, response, chain);
        } else {
            var refusal = letIn(call, request);
            uses.note(call, request);
            if (refusal.isPresent()) {
                Problems.refuse(response, refusal.get());
            } else {
                chain.doFilter(request, response);
            }
        }
    }

    private void upload(
            LegacyCall call,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws IOException, ServletException {
        var refusal =
                letIn(call, request).or(() -> uploads.admit(request, filename(call, request)));
        uses.note(call, request);
        if (refusal.isPresent()) {
            legacy.refuse(
                    LegacyUpload.of(call.protocol(), request), request, response, refusal.get());
            return;
        }
        BrokenTransfer.prepare(response);
        try {
            chain.doFilter(request, response);
        } finally {
            uploads.giveBack(request);
        }
    }

    private Optional<Problem> letIn(LegacyCall call, HttpServletRequest request) {
        try {
            var refusal =
                    call.proof() == LegacyCall.Proof.TOKEN
                            ? access.admitToken(request)
                            : access.admit(request);
            return refusal.isPresent() || call.protocol() != LegacyProtocol.NETHBACKUP
                    ? refusal
                    : names.refuse(
                            CurrentCaller.appliance(request), NethBackup.of(request).systemId());
        } catch (RuntimeException ours) {
            return Optional.of(ProblemType.UNAVAILABLE.because(ours));
        }
    }

    private static @Nullable String filename(LegacyCall call, HttpServletRequest request) {
        return switch (call.protocol()) {
            case V2 -> LegacyNames.last(RouteFilter.route(request), OldPaths.BACKUP_V2);
            case NETHBACKUP -> NethBackup.of(request).filename();
            case PROXY, ISA, MACHINE -> request.getHeader("X-Filename");
        };
    }
}
