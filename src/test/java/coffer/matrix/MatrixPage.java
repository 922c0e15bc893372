package coffer.matrix;

import java.util.Collection;
import java.util.List;

/** The matrix for people to read: what {@link MatrixIT} has proven, written from its table. */
final class MatrixPage {

    private static final String HEAD =
            """
            # The authorization matrix

            Who may call what, from the table that `MatrixIT` holds against the running API: each endpoint as each role and
            kind of API key, at a distributor and elsewhere, on things of its own organization, a child's, a grandchild's, the
            parent's, a sibling's, a foreign branch's, a suspended and a deleted organization's; through the aliases and with a
            trailing slash; and through paths that could be read in two ways (`;x`, `%2f`, `//`, `%2e`), which are no paths at
            all. Written by that test with `-Dcoffer.doc.write=true`.

            The columns are callers of one organization. **tree**: things of that organization and of all below it. **below**:
            only below it. **yes**: there is no thing to place. **owner's**: only where that organization is the owner. A dash:
            403 `insufficient permissions`. Outside of that: 403 `access denied to <thing>`. Nobody, and everybody of a
            suspended or deleted organization: 401.

            | endpoint | needs | super-admin | admin | support | backoffice, reader | read key | write key |
            |---|---|---|---|---|---|---|---|
            """;

    private static final List<Caller> COLUMNS =
            List.of(
                    new Caller("super-admin", Place.DISTRIBUTOR, ""),
                    new Caller("admin", Place.DISTRIBUTOR, ""),
                    new Caller("support", Place.DISTRIBUTOR, ""),
                    new Caller("reader", Place.DISTRIBUTOR, ""),
                    new Caller("super-admin", Place.DISTRIBUTOR, "read"),
                    new Caller("super-admin", Place.DISTRIBUTOR, "write"));

    private MatrixPage() {}

    static String of(Collection<Rule> rules) {
        var page = new StringBuilder(HEAD);
        for (var rule : rules) {
            page.append("| `")
                    .append(rule.endpoint())
                    .append("` | ")
                    .append(needs(rule))
                    .append(" |");
            for (var caller : COLUMNS) {
                page.append(' ').append(cell(rule, caller)).append(" |");
            }
            page.append('\n');
        }
        return page.toString();
    }

    private static String needs(Rule rule) {
        return switch (rule.access()) {
            case "open" -> "nothing";
            case "system" -> "a system's secret";
            case "signed-in" -> "a credential";
            case "in-person" -> "a token";
            default -> "`" + rule.access().replace("+", "`, `") + "`";
        };
    }

    private static String cell(Rule rule, Caller caller) {
        if (rule.expected(caller, Place.RESELLER) != Outcome.IN) {
            var atTheOwner = new Caller(caller.role(), Place.OWNER, caller.scope());
            return rule.expected(atTheOwner, Place.RESELLER) == Outcome.IN ? "owner's" : "–";
        }
        if (rule.reach().equals("-")) {
            return "yes";
        }
        return rule.expected(caller, Place.DISTRIBUTOR) == Outcome.IN ? "tree" : "below";
    }
}
