package coffer.launch.demo;

import coffer.launch.ApplianceClient;
import coffer.launch.Seed;

import java.net.URI;
import java.util.UUID;

/**
 * A system of the demo.
 *
 * @param number which one, from 0
 * @param organization whose it is
 */
record DemoSystem(int number, Habit habit, UUID organization, Seed.Firewall credentials) {

    ApplianceClient client(URI node) {
        return ApplianceClient.of(node, credentials);
    }

    /** The hour of the night at which it sends, one of three. */
    int hour() {
        return 1 + number % 3;
    }

    /** As a line of the file that outlives the launcher. */
    String line() {
        return String.join(
                " ",
                String.valueOf(number),
                habit.name(),
                organization.toString(),
                credentials.id().toString(),
                credentials.key(),
                credentials.secret());
    }

    static DemoSystem of(String line) {
        var words = line.split(" ", -1);
        return new DemoSystem(
                Integer.parseInt(words[0]),
                Habit.valueOf(words[1]),
                UUID.fromString(words[2]),
                new Seed.Firewall(UUID.fromString(words[3]), words[4], words[5]));
    }
}
