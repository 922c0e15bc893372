package coffer.people.proof;

import static coffer.platform.web.Paging.invalid;

import coffer.platform.Ids;
import coffer.platform.Secret;

import java.util.Locale;

/**
 * What a password must be: long. Rules about digits and signs make people write them down (NIST SP
 * 800-63B, section 5.1.1).
 */
public final class NewPassword {

    static final int SHORTEST = 12;
    static final int LONGEST = 256;
    private static final int RANDOM_BYTES = 10;

    private NewPassword() {}

    /**
     * The password, if it may be one.
     *
     * @param field what to call it in a refusal
     */
    public static Secret check(String field, String username, String password) {
        if (password.length() < SHORTEST || password.length() > LONGEST || password.isBlank()) {
            throw invalid(field, "must have " + SHORTEST + " to " + LONGEST + " characters", "");
        }
        if (password.toLowerCase(Locale.ROOT).contains(username)
                && password.length() < username.length() + SHORTEST) {
            throw invalid(field, "must be more than the user name", "");
        }
        return new Secret(password);
    }

    /** {@code 1f2e-…}: 80 random bits in groups that can be read out. */
    public static Secret random(Ids ids) {
        return new Secret(String.join("-", ids.hex(RANDOM_BYTES).split("(?<=\\G.{4})")));
    }
}
