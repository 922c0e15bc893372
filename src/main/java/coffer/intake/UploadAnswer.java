package coffer.intake;

import coffer.backup.BackupRow;
import coffer.backup.BackupView;
import coffer.platform.ProblemType;
import coffer.platform.web.Envelope;
import coffer.platform.web.HttpSettings;

import jakarta.ws.rs.core.Response;

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

    /**
     * It is in the catalogue.
     *
     * @param before because the same bytes were sent before
     */
    public static Response stored(BackupRow row, boolean before, HttpSettings http) {
        var answer =
                before
                        ? Envelope.answer(200, "backup already stored", BackupView.of(row))
                        : Envelope.answer(201, "backup stored", BackupView.of(row))
                                .location(http.location("/api/systems/backups/" + row.id()));
        return answer.header("Connection", "close").build();
    }
}
