package coffer.bench;

import coffer.bench.Throughput.Cell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Everything that was measured: printed as it comes, written as Markdown and as JSON at the end.
 */
final class Report {

    private final List<String> text = new ArrayList<>();
    private final Map<String, Object> data = new LinkedHashMap<>();

    /** A sentence, and its figures under {@code key}. */
    void say(String key, String sentence, Map<String, ?> figures) {
        System.out.println(sentence);
        text.add(sentence);
        data.put(key, figures);
    }

    void heading(String words) {
        System.out.println("\n== " + words);
        text.add("\n## " + words + "\n");
    }

    /** Lines that are Markdown already. */
    void table(List<String> lines) {
        lines.forEach(System.out::println);
        text.addAll(lines);
    }

    /** Figures that a table has told already. */
    void figures(String key, Map<String, ?> figures) {
        data.put(key, figures);
    }

    /** Plain lines, such as a plan. */
    void lines(String lines) {
        System.out.println(lines);
        text.add("```\n" + lines + "\n```");
    }

    void cells(String key, List<Cell> cells) {
        text.add(
                "| size | clients | uploads/s | MB/s | p50 ms | p99 ms | direct puts/s | ratio | to"
                        + " a hashing writer | Coffer CPU s/GiB | CPU s/1,000 | PostgreSQL s/1,000 |"
                        + " direct s/GiB | direct s/1,000 | sender s/GiB | failed |");
        text.add("|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|");
        cells.forEach(cell -> text.add(row(cell)));
        data.put(key, cells.stream().map(Report::figures).toList());
    }

    static String line(Cell cell) {
        return String.format(
                Locale.ROOT,
                "%-5s %9s x%-3d %8.1f/s %7.1f MB/s p50 %7.1f p99 %7.1f | direct %8.1f/s ratio %.2f"
                        + " (hashing %.2f) | coffer %.2f s/GiB %.2f s/1000, pg %.2f s/1000, store %.2f"
                        + " | direct %.2f s/GiB %.2f s/1000 | sender %.2f s/GiB %s",
                cell.store(),
                size(cell.sizeBytes()),
                cell.clients(),
                cell.coffer().result().perSecond(),
                megabytes(cell),
                cell.coffer().result().p50(),
                cell.coffer().result().p99(),
                cell.direct().result().perSecond(),
                cell.ratio(),
                cell.ratioToHashing(),
                cell.coffer().cpuPerGibibyte("coffer"),
                cell.coffer().cpuPerThousand("coffer"),
                cell.coffer().cpuPerThousand("postgresql"),
                cell.coffer().cpuPerGibibyte("store"),
                cell.direct().cpuPerGibibyte("direct"),
                cell.direct().cpuPerThousand("direct"),
                cell.coffer().cpuPerGibibyte("sender"),
                failures(cell));
    }

    private static String row(Cell cell) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %.1f | %.1f | %.1f | %.1f | %.1f | **%.2f** | %.2f | %.2f | %.2f |"
                        + " %.2f | %.2f | %.2f | %.2f | %s |",
                size(cell.sizeBytes()),
                cell.clients(),
                cell.coffer().result().perSecond(),
                megabytes(cell),
                cell.coffer().result().p50(),
                cell.coffer().result().p99(),
                cell.direct().result().perSecond(),
                cell.ratio(),
                cell.ratioToHashing(),
                cell.coffer().cpuPerGibibyte("coffer"),
                cell.coffer().cpuPerThousand("coffer"),
                cell.coffer().cpuPerThousand("postgresql"),
                cell.direct().cpuPerGibibyte("direct"),
                cell.direct().cpuPerThousand("direct"),
                cell.coffer().cpuPerGibibyte("sender"),
                failures(cell));
    }

    private static double megabytes(Cell cell) {
        return cell.coffer().result().bytes() / cell.coffer().result().seconds() / 1e6;
    }

    private static Map<String, Object> figures(Cell cell) {
        var figures = new LinkedHashMap<String, Object>();
        figures.put("size_bytes", cell.sizeBytes());
        figures.put("clients", cell.clients());
        figures.put("ratio", cell.ratio());
        figures.put("ratio_to_hashing", cell.ratioToHashing());
        Map.of("coffer", cell.coffer(), "direct", cell.direct(), "direct_hashing", cell.hashing())
                .forEach((who, reading) -> figures.put(who, figures(reading)));
        return figures;
    }

    private static Map<String, Object> figures(Meter.Reading reading) {
        var figures = figures(reading.result());
        figures.put("cpu_seconds", reading.cpu());
        return figures;
    }

    static Map<String, Object> figures(Result result) {
        var figures = new LinkedHashMap<String, Object>();
        figures.put("requests", result.good());
        figures.put("bytes", result.bytes());
        figures.put("seconds", result.seconds());
        figures.put("per_second", result.perSecond());
        figures.put("p50_ms", result.p50());
        figures.put("p95_ms", result.p95());
        figures.put("p99_ms", result.p99());
        figures.put("worst_ms", result.worst());
        figures.put("answers", result.answers());
        return figures;
    }

    private static String failures(Cell cell) {
        var answers = cell.coffer().result().answers();
        return answers.matches("(\\{201:\\d+})+") ? "" : answers;
    }

    static String size(long bytes) {
        return bytes >= 1 << 20 ? (bytes >> 20) + " MiB" : (bytes >> 10) + " KiB";
    }

    void write(Path folder) throws IOException {
        Files.writeString(folder.resolve("report.md"), String.join("\n", text) + "\n");
        Files.writeString(folder.resolve("report.json"), json(data) + "\n");
    }

    private static String json(Object value) {
        return switch (value) {
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .map(entry ->
                                    json(String.valueOf(entry.getKey()))
                                            + ":"
                                            + json(entry.getValue()))
                            .collect(java.util.stream.Collectors.joining(",\n", "{", "}"));
            case List<?> list ->
                    list.stream()
                            .map(Report::json)
                            .collect(java.util.stream.Collectors.joining(",\n", "[", "]"));
            case Double number -> String.format(Locale.ROOT, "%.4f", number);
            case Number number -> number.toString();
            case Boolean truth -> truth.toString();
            default ->
                    '"'
                            + value.toString()
                                    .replace("\\", "\\\\")
                                    .replace("\"", "\\\"")
                                    .replace("\n", "\\n")
                            + '"';
        };
    }
}
