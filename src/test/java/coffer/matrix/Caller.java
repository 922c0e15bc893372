package coffer.matrix;

import java.util.List;

/**
 * A kind of caller.
 *
 * @param role of the account, or empty for nobody
 * @param home where the account is
 * @param scope of the API key, or empty for a person with a token
 */
record Caller(String role, Place home, String scope) {

    static final List<Caller> ALL =
            List.of(
                    new Caller("super-admin", Place.DISTRIBUTOR, ""),
                    new Caller("admin", Place.DISTRIBUTOR, ""),
                    new Caller("support", Place.DISTRIBUTOR, ""),
                    new Caller("backoffice", Place.DISTRIBUTOR, ""),
                    new Caller("reader", Place.DISTRIBUTOR, ""),
                    new Caller("super-admin", Place.DISTRIBUTOR, "read"),
                    new Caller("super-admin", Place.DISTRIBUTOR, "write"),
                    new Caller("super-admin", Place.OWNER, ""),
                    new Caller("admin", Place.OWNER, ""),
                    new Caller("admin", Place.CUSTOMER, ""),
                    new Caller("super-admin", Place.SUSPENDED, ""),
                    new Caller("super-admin", Place.DELETED, ""),
                    new Caller("", Place.DISTRIBUTOR, ""));

    /** Somebody, and in force. */
    boolean known() {
        return !role.isEmpty() && home.state().equals("active");
    }

    @Override
    public String toString() {
        return role.isEmpty()
                ? "nobody"
                : role + " at " + home.text() + (scope.isEmpty() ? "" : " by a " + scope + " key");
    }
}
