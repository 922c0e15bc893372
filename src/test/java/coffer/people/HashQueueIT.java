package coffer.people;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.People;
import coffer.launch.PersonClient;
import coffer.launch.PersonClient.Answer;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A crowd at the sign-in waits for its turn, not for long, and takes nothing from others. */
class HashQueueIT {

    /** Two hash at once; in the two seconds that one waits for a turn, not all of these do. */
    private static final int CROWD = 24;

    private static final int SLOW = 1_000_000;

    private final PeopleServer server = PeopleServer.shared();

    @Test
    void who_gets_no_turn_in_two_seconds_is_asked_to_come_back_and_others_work_on()
            throws Exception {
        var signedIn = server.person(server.owner(), "reader");
        var crowd = new ArrayList<Future<Answer>>();
        Answer meanwhile;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < CROWD; i++) {
                var account = slow();
                crowd.add(threads.submit(() -> login(account)));
            }
            meanwhile = signedIn.get("/api/me");
            assertThat(crowd).as("the crowd is there").anyMatch(one -> !one.isDone());
        }
        var refused = new ArrayList<Answer>();
        for (var one : crowd) {
            if (one.get().status() != 401) {
                refused.add(one.get());
            }
        }

        assertThat(meanwhile.status()).isEqualTo(200);
        assertThat(refused)
                .hasSizeBetween(1, CROWD - 2)
                .allSatisfy(answer -> {
                    assertThat(answer.status()).as(answer.body()).isEqualTo(503);
                    assertThat(answer.message()).isEqualTo("service unavailable");
                    assertThat(answer.header("Retry-After")).contains("5");
                });
        assertThat(login(server.account(server.owner(), "reader")).status()).isEqualTo(200);
    }

    /** An account whose hash takes long, and does not match in the end. */
    private People.Account slow() {
        var account = server.account(server.owner(), "reader");
        server.sql(
                "update account set password_iterations = "
                        + SLOW
                        + " where id = '"
                        + account.id()
                        + "'");
        return account;
    }

    private Answer login(People.Account account) {
        return PersonClient.login(server.node(), account.username(), People.PASSWORD);
    }
}
