package coffer.people;

/** Why a session is over, for who had it. */
public enum Ending {
    /** No page was opened for as long as the cookie is good. */
    IDLE,
    /** It lasted as long as a session may. */
    AGE,
    /** A sign-out in another place, or a copy of its token was seen. */
    ELSEWHERE,
    /** The password was changed, or set by somebody else. */
    PASSWORD,
    /** The account, or an organization above it, is not in force. */
    ACCOUNT
}
