package coffer.bench;

import coffer.launch.Node;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** CPU seconds of each process while something runs. */
final class Meter {

    /** What ran, and who worked how long for it. */
    record Reading(Result result, Map<String, Double> cpu) {

        double cpu(String process) {
            return cpu.getOrDefault(process, 0.0);
        }

        double cpuPerGibibyte(String process) {
            return result.bytes() == 0 ? 0 : cpu(process) / result.gibibytes();
        }

        double cpuPerThousand(String process) {
            return result.good() == 0 ? 0 : cpu(process) / result.good() * 1_000;
        }

        Reading plus(Reading other) {
            var sum = new LinkedHashMap<>(cpu);
            other.cpu.forEach((process, seconds) -> sum.merge(process, seconds, Double::sum));
            return new Reading(result.plus(other.result), sum);
        }
    }

    private final Map<String, Supplier<Double>> clocks = new LinkedHashMap<>();

    Meter(Bed bed) {
        var self = ProcessHandle.current().pid();
        var postgresql = bed.postgresql();
        clocks.put("store", () -> Proc.cpu(self));
        clocks.put("postgresql", () -> Proc.cpuOfTree(postgresql));
    }

    Meter with(String process, long pid) {
        clocks.put(process, () -> Proc.cpu(pid));
        return this;
    }

    Meter with(Node node) {
        return with("coffer", node.pid());
    }

    Reading read(Supplier<Result> work) {
        var before = new LinkedHashMap<String, Double>();
        clocks.forEach((process, clock) -> before.put(process, clock.get()));
        var result = work.get();
        var used = new LinkedHashMap<String, Double>();
        clocks.forEach((process, clock) ->
                used.put(process, clock.get() - before.getOrDefault(process, 0.0)));
        return new Reading(result, used);
    }
}
