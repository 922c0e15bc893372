package coffer.intake;

import coffer.backup.BackupRow;
import coffer.backup.BackupView;
import coffer.platform.ProblemType;
import coffer.platform.web.Envelope;
import coffer.platform.web.HttpSettings;
import coffer.platform.web.Problems;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import java.io.IOException;
import java.net.URI;

/** An upload's outcome in the words of the wire contract, section 2. */
public final class UploadAnswer {

    private UploadAnswer() {}

    static Response of(IntakeOutcome outcome, HttpSettings http) {
        return switch (outcome) {
            case IntakeOutcome.Stored(var row) -> stored(row, false, http);
            case IntakeOutcome.AlreadyStored(var row) -> stored(row, true, http);
            case IntakeOutcome.Refused(var problem) -> throw problem;
            case IntakeOutcome.ClientGone() -> throw ProblemType.LENGTH_MISMATCH.withoutDetail();
        };
    }

    /** The same, straight onto the wire. */
    static void write(HttpServletResponse response, IntakeOutcome outcome, HttpSettings http)
            throws IOException {
        response.setHeader("Connection", "close");
        switch (outcome) {
            case IntakeOutcome.Stored(var row) -> {
                response.setHeader("Location", location(row, http).toString());
                Problems.write(response, envelope(row, false));
            }
            case IntakeOutcome.AlreadyStored(var row) ->
                    Problems.write(response, envelope(row, true));
            case IntakeOutcome.Refused(var problem) -> Problems.write(response, problem);
            case IntakeOutcome.ClientGone() ->
                    Problems.write(response, ProblemType.LENGTH_MISMATCH.withoutDetail());
        }
    }

    private static Envelope envelope(BackupRow row, boolean before) {
        return before
                ? new Envelope(200, "backup already stored", BackupView.of(row))
                : new Envelope(201, "backup stored", BackupView.of(row));
    }

    private static URI location(BackupRow row, HttpSettings http) {
        return http.location("/api/systems/backups/" + row.id());
    }

    /**
     * It is in the catalogue.
     *
     * @param before because the same bytes were sent before
     */
    public static Response stored(BackupRow row, boolean before, HttpSettings http) {
        var envelope = envelope(row, before);
        var answer =
                Response.status(envelope.code())
                        .type(MediaType.APPLICATION_JSON_TYPE)
                        .entity(envelope);
        if (!before) {
            answer.location(location(row, http));
        }
        return answer.header("Connection", "close").build();
    }
}
