package coffer.job;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A job as operators see it; its steps are in {@code batch-jobs/<name>.xml}.
 *
 * @param name its name, and that of its JSL
 * @param schedule when it fires unless the configuration says otherwise
 * @param jitter by how much a firing is spread, at most, unless the configuration says otherwise
 * @param roles what a node must have besides {@code jobs} to run it
 * @param parameters what a run may be told
 */
record JobDescription(
        String name,
        String schedule,
        String jitter,
        Set<String> roles,
        List<Parameter> parameters) {

    /**
     * What a run may be told.
     *
     * @param name the word
     * @param fallback what is meant where it is not given
     * @param allowed what it may be, as a regular expression
     * @param meaning one line for operators
     */
    record Parameter(String name, String fallback, Pattern allowed, String meaning) {

        static Parameter of(String name, String fallback, String allowed, String meaning) {
            return new Parameter(name, fallback, Pattern.compile(allowed), meaning);
        }
    }

    private static final String EVERY_MINUTE = "* * * * *";

    /** Every job there is. */
    static final List<JobDescription> ALL =
            List.of(
                    new JobDescription("pending-sweep", EVERY_MINUTE, "0s", Set.of(), List.of()),
                    new JobDescription(
                            "object-reaper", EVERY_MINUTE, "0s", Set.of("erase"), List.of()),
                    new JobDescription(
                            "retention-audit",
                            "55 23 * * *",
                            "2m",
                            Set.of(),
                            List.of(
                                    Parameter.of(
                                            "mode",
                                            "apply",
                                            "apply|preview",
                                            "preview: say what would be done and why, and do"
                                                    + " nothing"),
                                    Parameter.of(
                                            "parts",
                                            "2",
                                            "[1-9]|1[0-6]",
                                            "into how many parts the systems are parted"),
                                    Parameter.of(
                                            "chunk",
                                            "250",
                                            "[1-9][0-9]{0,2}",
                                            "systems in one transaction"))),
                    new JobDescription(
                            "integrity-scrub",
                            "0 2 * * *",
                            "30m",
                            Set.of("read"),
                            List.of(
                                    Parameter.of(
                                            "budget",
                                            "configured",
                                            "configured|[1-9][0-9]{0,8}(KiB|MiB|GiB|TiB)",
                                            "bytes to read on this UTC day, what was read before"
                                                    + " included"))),
                    new JobDescription(
                            "catalogue-reconcile",
                            "0 4 * * SUN",
                            "30m",
                            Set.of("read", "erase"),
                            List.of(
                                    Parameter.of(
                                            "remove",
                                            "orphans",
                                            "none|known|orphans|unknown",
                                            "which go once their quarantine is over: known, those"
                                                    + " whose backup ended here; orphans, those too that"
                                                    + " came while this catalogue lived and that it has"
                                                    + " never heard of; unknown, all, however many"))),
                    new JobDescription(
                            "gdpr-purge", EVERY_MINUTE, "0s", Set.of("erase", "ingest"), List.of()),
                    new JobDescription("erasure-replay", "off", "0s", Set.of("read"), List.of()));

    JobDescription {
        roles = Set.copyOf(roles);
        parameters = List.copyOf(parameters);
    }

    static JobDescription of(String name) {
        return ALL.stream()
                .filter(job -> job.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such job: " + name));
    }

    static boolean exists(String name) {
        return ALL.stream().anyMatch(job -> job.name().equals(name));
    }

    /** What is given, and the fallbacks of what is not. */
    Map<String, String> complete(Map<String, String> given) {
        var whole = new LinkedHashMap<String, String>();
        parameters.forEach(parameter -> whole.put(parameter.name(), parameter.fallback()));
        whole.putAll(given);
        return whole;
    }

    /** What is wrong with the parameters, as the wire contract wants it; empty if nothing is. */
    List<Map<String, String>> faults(Map<String, String> given) {
        return given.entrySet().stream()
                .filter(entry -> !allows(entry.getKey(), entry.getValue()))
                .map(entry ->
                        Map.of(
                                "key",
                                "parameters." + entry.getKey(),
                                "message",
                                allowed(entry.getKey()),
                                "value",
                                String.valueOf(entry.getValue())))
                .toList();
    }

    private boolean allows(String key, String value) {
        return parameters.stream()
                .anyMatch(parameter ->
                        parameter.name().equals(key)
                                && value != null
                                && parameter.allowed().matcher(value).matches());
    }

    private String allowed(String key) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(key))
                .findFirst()
                .map(parameter -> "must match " + parameter.allowed())
                .orElse("is not a parameter of this job");
    }
}
