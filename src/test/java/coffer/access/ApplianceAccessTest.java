package coffer.access;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.id.Caller;
import coffer.platform.ProblemType;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;

class ApplianceAccessTest {

    private static final String RIGHT = Rows.header(Rows.KEY, Rows.PUBLIC + "." + Rows.HIDDEN);
    private static final Authentication REFUSED =
            new Authentication.Refused(ProblemType.INVALID_SYSTEM_CREDENTIALS);
    private long now;
    private final Rows rows = new Rows();
    private final CallerCache<Caller.Appliance> cache = new CallerCache<>(1_000, () -> now);
    private final ApplianceAccess access = rows.access(cache);

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    void a_known_credential_costs_no_read_for_25_seconds() {
        for (var request = 0; request < 3; request++) {
            assertThat(access.authenticate(RIGHT)).isInstanceOf(Authentication.Granted.class);
        }
        assertThat(rows.reads).hasValue(1);

        pass(CallerCache.LIFE);
        access.authenticate(RIGHT);

        assertThat(rows.reads).hasValue(2);
    }

    @Test
    void a_revocation_between_read_and_insert_is_not_overwritten() {
        rows.whileReading = () -> cache.dropIf(one -> one.systemId().equals(rows.systemId()));

        access.authenticate(RIGHT);

        assertThat(cache.size()).isZero();
    }

    @Test
    void with_the_database_away_who_was_right_lately_still_is_but_no_longer() {
        access.authenticate(RIGHT);
        cache.dropAll();
        access.authenticate(RIGHT);
        rows.away = true;
        pass(Duration.ofSeconds(24));

        assertThat(access.authenticate(RIGHT)).isInstanceOf(Authentication.Granted.class);

        pass(Duration.ofSeconds(1));

        assertThat(access.authenticate(RIGHT)).isEqualTo(new Authentication.Unavailable());
    }

    @Test
    void with_the_database_away_nobody_unknown_is_refused() {
        rows.away = true;

        assertThat(access.authenticate(Rows.header("a", "b")))
                .isEqualTo(new Authentication.Unavailable());
        assertThat(access.authenticate(Rows.header(Rows.KEY, Rows.PUBLIC + "." + "0".repeat(40))))
                .isEqualTo(new Authentication.Unavailable());
    }

    @Test
    void key_and_secret_must_both_match() {
        assertThat(access.authenticate(Rows.header("NETH-0", Rows.PUBLIC + "." + Rows.HIDDEN)))
                .isEqualTo(REFUSED);
        assertThat(access.authenticate(Rows.header(Rows.KEY, Rows.PUBLIC + "." + "0".repeat(40))))
                .isEqualTo(REFUSED);
    }

    @Test
    void nothing_is_cheaper_for_a_stranger() {
        access.authenticate(Rows.header("a", "b"));
        access.authenticate(Rows.header(Rows.KEY, "cof_" + "0".repeat(20) + "." + "0".repeat(40)));

        assertThat(rows.reads).hasValue(2);
    }

    @Test
    void ten_thousand_random_secrets_leave_nothing_behind() {
        var random = new Random(7);
        var bytes = new byte[30];
        for (var attempt = 0; attempt < 10_000; attempt++) {
            random.nextBytes(bytes);
            var hex = HexFormat.of().formatHex(bytes);
            var secret = "cof_" + hex.substring(0, 20) + "." + hex.substring(20);

            assertThat(access.authenticate(Rows.header(Rows.KEY, secret))).isEqualTo(REFUSED);
        }

        assertThat(cache.size()).isZero();
    }
}
