package coffer.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The plans of the statements that the application really sends, as PostgreSQL's auto_explain
 * writes them.
 */
final class Plans {

    private static final Pattern ENTRY =
            Pattern.compile(
                    "^\\d{4}-\\d\\d-\\d\\d [^\\n]*?(?:LOG|STATEMENT|ERROR|DETAIL):",
                    Pattern.MULTILINE);
    private static final Pattern PLAN =
            Pattern.compile("duration: ([0-9.]+) ms  plan:\\n\\s*Query Text: (.*)", Pattern.DOTALL);
    private static final Pattern SCAN = Pattern.compile("Seq Scan on (\\w+)");

    /** Tables with a row for each backup, system or audit entry. */
    private static final List<String> BIG =
            List.of(
                    "backup",
                    "backup_copy",
                    "appliance",
                    "appliance_secret",
                    "appliance_usage",
                    "appliance_heartbeat",
                    "appliance_inventory",
                    "audit_entry",
                    "audit_detail");

    private final Bed bed;
    private long from;

    Plans(Bed bed) {
        this.bed = bed;
    }

    /** For sessions that begin from now on. */
    void record() throws SQLException, IOException {
        set("session_preload_libraries", "'auto_explain'");
        set("auto_explain.log_min_duration", "0");
        set("auto_explain.log_analyze", "on");
        from = Files.size(bed.postgresqlLog());
    }

    /** How many statements have been sent so far. */
    int statements() throws IOException {
        var log = Files.readAllBytes(bed.postgresqlLog());
        var text = new String(log, (int) from, (int) (log.length - from), StandardCharsets.UTF_8);
        return text.split("ms  plan:", -1).length - 1;
    }

    /** No longer, for sessions that begin from now on. */
    void end() throws SQLException {
        for (var key :
                List.of(
                        "session_preload_libraries",
                        "auto_explain.log_min_duration",
                        "auto_explain.log_analyze")) {
            Sql.run(bed.instance, "alter database " + bed.instance.database() + " reset " + key);
        }
    }

    private void set(String key, String value) throws SQLException {
        try (var connection = bed.instance.connect();
                var statement = connection.createStatement()) {
            statement.execute(
                    "alter database " + bed.instance.database() + " set " + key + " = " + value);
        }
    }

    /**
     * One plan for each statement, the slowest seen; names big tables that were scanned from end to
     * end.
     */
    List<String> read(Path file) throws IOException {
        var log = Files.readAllBytes(bed.postgresqlLog());
        var text = new String(log, (int) from, (int) (log.length - from), StandardCharsets.UTF_8);
        var plans = new LinkedHashMap<String, String>();
        var slowest = new LinkedHashMap<String, Double>();
        for (var entry : ENTRY.split(text, -1)) {
            var plan = PLAN.matcher(entry);
            if (plan.find()) {
                var statement =
                        plan.group(2)
                                .replaceAll("(?s)\\n\\t[A-Z][A-Za-z ]+ .*?\\(cost=.*", "")
                                .replaceAll("\\s+", " ")
                                .strip();
                var took = Double.parseDouble(plan.group(1));
                if (took >= slowest.getOrDefault(statement, -1.0)) {
                    slowest.put(statement, took);
                    plans.put(statement, plan.group(2).strip().replace("\n\t", "\n"));
                }
            }
        }
        Files.writeString(file, page(plans, slowest));
        return scanned(plans);
    }

    private static String page(Map<String, String> plans, Map<String, Double> slowest) {
        var page = new StringBuilder();
        plans.forEach((statement, plan) ->
                page.append("-- slowest: ")
                        .append(slowest.get(statement))
                        .append(" ms\n")
                        .append(plan)
                        .append("\n\n"));
        return page.toString();
    }

    private static List<String> scanned(Map<String, String> plans) {
        var scanned = new ArrayList<String>();
        plans.forEach((statement, plan) ->
                SCAN.matcher(plan)
                        .results()
                        .map(result -> result.group(1))
                        .filter(BIG::contains)
                        .forEach(table -> scanned.add(table + ": " + statement)));
        return scanned;
    }
}
