package coffer.retention;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** The bound on what a stolen credential costs holds against floods of all kinds. */
class ExposureTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-03-31");
    private static final long MIB = 1 << 20;

    @Test
    void no_flood_takes_more_earlier_days_than_were_said() {
        var random = new Random(7);
        for (var round = 0; round < 60; round++) {
            var rules = new RetentionRules(10, 500 * MIB, Duration.ofDays(7));
            var playback = new Playback(List.of(), rules);
            var every = Duration.ofHours(1 + random.nextInt(30));
            var owner =
                    new Rhythm(
                            TODAY.minusDays(30).atTime(2, 0).toInstant(ZoneOffset.UTC),
                            every,
                            (1 + random.nextInt(200)) * MIB);
            var last = playback.day(TODAY.minusDays(31), List.of());
            for (var day = TODAY.minusDays(30); day.isBefore(TODAY); day = day.plusDays(1)) {
                last = playback.day(day, owner.on(day));
            }
            var exposure = Exposure.of(last.kept(), TODAY.atStartOfDay(ZoneOffset.UTC).toInstant());

            for (var n = 1; n <= 10; n++) {
                var day = TODAY.plusDays(n - 1L);
                var kept = playback.day(day, flood(day, random)).kept();
                var left =
                        kept.stream()
                                .map(one -> LocalDate.ofInstant(one.uploadedAt(), ZoneOffset.UTC))
                                .filter(exposure.days()::contains)
                                .collect(Collectors.toSet());

                assertThat(left.size())
                        .as("round " + round + ", day " + n)
                        .isGreaterThanOrEqualTo(exposure.daysAfter(n));
            }
        }
    }

    @Test
    void what_is_pinned_and_the_last_healthy_one_are_safe() {
        var at = TODAY.atTime(2, 0).toInstant(ZoneOffset.UTC);
        var kept = new ArrayList<Candidate>();
        for (var i = 0; i < 4; i++) {
            kept.add(
                    new Candidate(
                            new java.util.UUID(0, i),
                            i + 1,
                            at.minus(Duration.ofDays(3L - i)),
                            MIB,
                            Candidate.Place.LIVE,
                            i == 0,
                            false,
                            true,
                            null,
                            false));
        }

        var exposure = Exposure.of(kept, at);

        assertThat(exposure.safe()).isEqualTo(2);
        assertThat(exposure.days()).containsExactly(TODAY.minusDays(2), TODAY.minusDays(1));
        assertThat(exposure.today()).isZero();
    }

    private static List<Playback.Upload> flood(LocalDate day, Random random) {
        var begin = day.atTime(1, 0).toInstant(ZoneOffset.UTC);
        var uploads = new ArrayList<Playback.Upload>();
        var many = random.nextInt(40);
        for (var i = 0; i < many; i++) {
            uploads.add(
                    new Playback.Upload(
                            begin.plusSeconds(60L * i),
                            random.nextBoolean() ? 1024 : (1 + random.nextInt(500)) * MIB));
        }
        return uploads;
    }
}
