package coffer.erasure;

import static coffer.erasure.PurgeSite.PATIENCE;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.Wait;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

import java.util.Random;
import java.util.concurrent.TimeUnit;

/** SIGKILL at twenty seeded instants of an erasure; each ends as one that was not disturbed. */
class PurgeHeavyIT {

    private static final int LONGEST_MILLIS = 6_000;

    private static PurgeSite purges;
    private static String expected;

    @BeforeAll
    static void open() throws Exception {
        purges = PurgeSite.open("purge-kills");
        var undisturbed = purges.systemWithBackups(5);
        Vault.fill(purges, undisturbed.id());
        expected = ReceiptProof.masked(purges.receipt(purges.purge(undisturbed)));
    }

    @AfterAll
    static void close() {
        purges.close();
    }

    @RepeatedTest(20)
    void killed_at_any_instant_it_ends_as_one_that_was_not(RepetitionInfo repetition)
            throws Exception {
        var instant = new Random(repetition.getCurrentRepetition()).nextInt(LONGEST_MILLIS);
        var system = purges.systemWithBackups(5);
        Vault.fill(purges, system.id());
        var purge = purges.purge(system);

        TimeUnit.MILLISECONDS.sleep(instant);
        purges.site.node().kill();
        purges.site.node().startAndAwait();

        assertThat(ReceiptProof.masked(purges.receipt(purge))).isEqualTo(expected);
        assertThat(purges.inPrimary(system.id())).isEmpty();
        assertThat(Vault.left(purges, system.id())).isEmpty();
        assertThat(purges.traces(system.id())).isEmpty();
        Wait.until(
                "no run is left over",
                PATIENCE,
                () ->
                        purges.site.number(
                                        "select count(*) from job_run where job = 'gdpr-purge' and"
                                                + " state = 'failed'")
                                == 0);
        purges.site.checkSettled();
    }
}
