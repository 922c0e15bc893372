package coffer.legacy.pairs;

import coffer.platform.Secret;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The file that an administrator imports: a heading {@code system_id,secret,system}, then one pair
 * of the old platform a line, with the system (its key or its id here) that it is. Separated by
 * commas or semicolons, with or without quotes.
 *
 * @param lines what can be read
 * @param errors what cannot
 */
record PairFile(List<Line> lines, List<LineError> errors) {

    static final int MOST_LINES = 5_000;

    private static final String HEADING = "system_id,secret,system";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** Long enough that nobody guesses it; no blanks, for it travels in headers. */
    private static final Pattern SECRET = Pattern.compile("[\\x21-\\x7e]{16,200}");

    /** One pair. */
    record Line(int number, String legacyId, Secret secret, String system) {}

    /**
     * What is wrong with a line.
     *
     * @param value what it is about; never a secret
     */
    record LineError(int number, String message, String value) {}

    PairFile {
        lines = List.copyOf(lines);
        errors = List.copyOf(errors);
    }

    static PairFile parse(String text) {
        var lines = new ArrayList<Line>();
        var errors = new ArrayList<LineError>();
        var rows = text.strip().replace("\ufeff", "").lines().toList();
        if (rows.isEmpty() || !String.join(",", cells(rows.getFirst())).equals(HEADING)) {
            errors.add(new LineError(1, "must be " + HEADING, ""));
            return new PairFile(lines, errors);
        }
        if (rows.size() > MOST_LINES + 1) {
            errors.add(
                    new LineError(
                            rows.size(),
                            "is more than " + MOST_LINES + " pairs: part the file",
                            ""));
            return new PairFile(lines, errors);
        }
        for (var at = 1; at < rows.size(); at++) {
            if (!rows.get(at).isBlank()) {
                read(at + 1, cells(rows.get(at)), lines, errors);
            }
        }
        if (lines.isEmpty() && errors.isEmpty()) {
            errors.add(new LineError(1, "is followed by no pair", ""));
        }
        repeated(lines, errors);
        return new PairFile(lines, errors);
    }

    private static void read(
            int number, List<String> cells, List<Line> lines, List<LineError> errors) {
        if (cells.size() != 3) {
            errors.add(new LineError(number, "must have three columns", ""));
        } else if (!ID.matcher(cells.get(0)).matches()) {
            errors.add(new LineError(number, "system_id must match " + ID.pattern(), ""));
        } else if (!SECRET.matcher(cells.get(1)).matches()) {
            errors.add(
                    new LineError(
                            number,
                            "secret must have 16 to 200 characters, no blanks",
                            cells.get(0)));
        } else if (!ID.matcher(cells.get(2)).matches()) {
            errors.add(
                    new LineError(
                            number, "system must be the key or the id of a system", cells.get(0)));
        } else {
            lines.add(new Line(number, cells.get(0), new Secret(cells.get(1)), cells.get(2)));
        }
    }

    private static void repeated(List<Line> lines, List<LineError> errors) {
        var ids = new HashSet<String>();
        var secrets = new HashSet<Secret>();
        for (var line : lines) {
            if (!ids.add(line.legacyId())) {
                errors.add(new LineError(line.number(), "system_id comes twice", line.legacyId()));
            }
            if (!secrets.add(line.secret())) {
                errors.add(new LineError(line.number(), "secret comes twice", line.legacyId()));
            }
        }
    }

    private static List<String> cells(String row) {
        var separator = row.indexOf(';') >= 0 && row.indexOf(',') < 0 ? ";" : ",";
        var cells = new ArrayList<String>();
        for (var cell : row.split(separator, -1)) {
            var text = cell.strip();
            cells.add(
                    text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
                            ? text.substring(1, text.length() - 1).strip()
                            : text);
        }
        return cells;
    }
}
