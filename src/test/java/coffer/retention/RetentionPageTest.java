package coffer.retention;

import static coffer.retention.Backups.MIB;
import static coffer.retention.Backups.RULES;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Plays the worked example of docs/en/retention.md and compares its table. */
class RetentionPageTest {

    private static final long FIREWALL_BYTES = 20 * MIB;

    private final Ledger ledger = new Ledger(RULES);
    private final List<String> rows = new ArrayList<>();

    @Test
    void the_table_of_the_page_is_what_happens() throws IOException {
        for (var day = 1; day <= 36; day++) {
            assertThat(ledger.upload("firewall", FIREWALL_BYTES, at(day, 2, 0))).isPresent();
            if (day == 31) {
                for (var minute = 0; minute < 40; minute++) {
                    ledger.upload("thief", 1024, at(day, 10, minute));
                }
            }
            if (day == 32) {
                for (var hour = 10; hour < 13; hour++) {
                    ledger.upload("thief", 500 * MIB, at(day, hour, 0));
                }
            }
            if (day >= 33) {
                var ten = at(day, 10, 0);
                ledger.live().forEach(id -> ledger.delete(id, ten));
                ledger.upload("thief", 500 * MIB, at(day, 11, 0));
            }
            ledger.endDay(at(day, 23, 55));
            if (day >= 30) {
                rows.add(row(day));
            }
        }

        var page = Files.readString(Path.of("docs", "en", "retention.md"));

        assertThat(page.lines().filter(line -> line.matches("\\| 3\\d .*")))
                .containsExactlyElementsOf(rows);
    }

    private String row(int day) {
        var live = ledger.kept().stream().filter(Candidate::live).toList();
        var trash = ledger.kept().stream().filter(backup -> !backup.live()).toList();
        return String.format(
                Locale.ROOT,
                "| %d | %d | %d | %d | %d | %d |",
                day,
                live.size(),
                mib(live),
                trash.size(),
                mib(trash),
                ledger.days("firewall").size());
    }

    private static long mib(List<Candidate> backups) {
        return backups.stream().mapToLong(Candidate::sizeBytes).sum() / MIB;
    }

    private static Instant at(int day, int hour, int minute) {
        return Instant.parse("2026-01-01T00:00:00Z")
                .plus(Duration.ofDays(day - 1))
                .plus(Duration.ofHours(hour))
                .plus(Duration.ofMinutes(minute));
    }
}
