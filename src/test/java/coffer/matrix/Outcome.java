package coffer.matrix;

import coffer.launch.PersonClient;

/** What an answer says about who may. */
enum Outcome {
    /** Let in, whatever came of it. */
    IN,
    /** 401. */
    NOT_KNOWN,
    /** 403 {@code insufficient permissions}. */
    NO_ROLE,
    /** 403 {@code access denied to …}. */
    NOT_THEIRS,
    /** 404 {@code api not found}: no such path. */
    NO_PATH,
    /** None of these: always wrong. */
    BROKEN;

    static Outcome of(PersonClient.Answer answer) {
        return switch (answer.status()) {
            case 401 -> NOT_KNOWN;
            case 403 -> forbidden(answer.message());
            case 404 -> answer.message().equals("api not found") ? NO_PATH : IN;
            case 405, 406, 415 -> BROKEN;
            default -> answer.status() < 500 || answer.status() == 503 ? IN : BROKEN;
        };
    }

    private static Outcome forbidden(String message) {
        if (message.equals("insufficient permissions")) {
            return NO_ROLE;
        }
        return message.startsWith("access denied to ") ? NOT_THEIRS : IN;
    }
}
