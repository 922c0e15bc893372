package coffer.people;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.PersonClient.Answer;

import org.junit.jupiter.api.BeforeEach;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** A tree for each test, and what one says of accounts. */
abstract class UserBed {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    protected final PeopleServer server = PeopleServer.shared();
    protected UUID distributor;
    protected UUID reseller;
    protected UUID foreign;

    @BeforeEach
    void tree() {
        distributor = server.organization("distributor", server.owner());
        reseller = server.organization("reseller", distributor);
        foreign = server.organization("distributor", server.owner());
    }

    protected static String name() {
        return "made-" + NUMBER.incrementAndGet();
    }

    protected static String json(String username, UUID organization, String role) {
        return "{\"username\":\"%s\",\"organization_id\":\"%s\",\"roles\":[\"%s\"]}"
                .formatted(username, organization, role);
    }

    protected static void assertRefused(Answer answer, int status, String message) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.message()).isEqualTo(message);
    }
}
