package coffer.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the contract says of one endpoint: a line of {@code rules.txt}.
 *
 * @param access open, system, signed-in, in-person (no API keys) or permissions joined by +
 * @param reach what of: {@code -} nothing, {@code sees} one's organization and below, {@code below}
 *     only what is strictly below, {@code platform} the installation
 * @param thing organization, user, system, or {@code -}
 * @param body what to send where the call is let in, or empty
 */
record Rule(Endpoint endpoint, String access, String reach, String thing, String body) {

    private static final Set<String> READS =
            Set.of(
                    "organizations:read",
                    "users:read",
                    "systems:read",
                    "backups:read",
                    "backups:download");
    private static final Set<String> BACKUPS =
            Set.of("backups:read", "backups:download", "backups:delete", "backups:manage");
    private static final Set<String> DESTROY = Set.of("organizations:destroy", "systems:destroy");
    private static final Set<String> JOBS = Set.of("jobs:read", "jobs:manage");

    static Map<Endpoint, Rule> all() {
        var rules = new TreeMap<Endpoint, Rule>();
        for (var line : lines()) {
            var words = line.strip().split("\\s+", 6);
            var rule =
                    new Rule(
                            new Endpoint(words[0], words[1]),
                            words[2],
                            words[3],
                            words[4],
                            words.length > 5 ? words[5] : "");
            if (rules.put(rule.endpoint(), rule) != null) {
                throw new IllegalStateException("twice: " + line);
            }
        }
        return rules;
    }

    private static List<String> lines() {
        try (var text = Objects.requireNonNull(Rule.class.getResourceAsStream("rules.txt"))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What comes of it, by the contract's sections 4 and 5 alone. */
    Outcome expected(Caller caller, Place place) {
        return switch (access) {
            case "open" -> Outcome.IN;
            case "system" -> Outcome.NOT_KNOWN;
            default -> caller.known() ? expectedOfKnown(caller, place) : Outcome.NOT_KNOWN;
        };
    }

    private Outcome expectedOfKnown(Caller caller, Place place) {
        if (access.equals("signed-in")) {
            return Outcome.IN;
        }
        if (access.equals("in-person")) {
            return caller.scope().isEmpty() ? Outcome.IN : Outcome.NO_ROLE;
        }
        for (var permission : access.split("\\+")) {
            if (!may(caller, permission)) {
                return Outcome.NO_ROLE;
            }
        }
        return switch (reach) {
            case "sees" -> place.isIn(caller.home()) ? Outcome.IN : Outcome.NOT_THEIRS;
            case "below" ->
                    place.isIn(caller.home()) && !place.name().equals(caller.home().name())
                            ? Outcome.IN
                            : Outcome.NOT_THEIRS;
            default -> Outcome.IN;
        };
    }

    private static boolean may(Caller caller, String permission) {
        var byRole =
                switch (caller.role()) {
                    case "super-admin" ->
                            !JOBS.contains(permission) || caller.home() == Place.OWNER;
                    case "admin" -> !DESTROY.contains(permission) && !JOBS.contains(permission);
                    case "support" ->
                            BACKUPS.contains(permission)
                                    || permission.equals("organizations:read")
                                    || permission.equals("systems:read")
                                    || permission.equals("systems:manage");
                    default -> READS.contains(permission);
                };
        var byScope =
                switch (caller.scope()) {
                    case "read" -> READS.contains(permission) || permission.equals("jobs:read");
                    case "write" -> !DESTROY.contains(permission);
                    default -> true;
                };
        return byRole && byScope;
    }
}
