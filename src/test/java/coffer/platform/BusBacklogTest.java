package coffer.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BusBacklogTest {

    private static final BusMessage EVERYTHING = new BusMessage("forget", "all");

    private final BusBacklog backlog = new BusBacklog(EVERYTHING);

    private static BusMessage message(int number) {
        return new BusMessage("credentials", "system:" + number);
    }

    @Test
    void what_was_said_twice_is_owed_once_and_in_order() {
        backlog.add(message(1));
        backlog.add(message(2));
        backlog.add(message(1));

        assertThat(backlog.owed()).containsExactly(message(1), message(2));
    }

    @Test
    void what_is_paid_is_owed_no_more() {
        backlog.add(message(1));
        backlog.add(message(2));

        backlog.paid(message(1));

        assertThat(backlog.owed()).containsExactly(message(2));
    }

    @Test
    void more_than_can_be_kept_becomes_one_message_that_stands_for_all() {
        for (var i = 0; i <= BusBacklog.MOST; i++) {
            backlog.add(message(i));
        }
        backlog.add(message(-1));

        assertThat(backlog.owed()).containsExactly(EVERYTHING);
    }
}
