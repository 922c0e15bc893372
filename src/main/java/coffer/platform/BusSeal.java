package coffer.platform;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Writes and reads the lines on the bus: {@code 1|key id|milliseconds|topic|text|HMAC}. The digest
 * also covers the channel's name, so that a line of one environment means nothing in another.
 */
final class BusSeal {

    /** Clocks of nodes differ; an older line is refused. A replay within it does no harm. */
    static final Duration WINDOW = Duration.ofMinutes(5);

    private static final String PURPOSE = "bus";
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9:._-]{0,200}");
    private static final Pattern LINE =
            Pattern.compile(
                    "(1\\|([a-z0-9-]{1,32})\\|(\\d{1,15})\\|([A-Za-z0-9:._-]{0,200})"
                            + "\\|([A-Za-z0-9:._-]{0,200}))\\|([0-9a-f]{64})");
    private final KeyRing keys;
    private final String channel;

    BusSeal(KeyRing keys, String channel) {
        this.keys = keys;
        this.channel = channel;
    }

    String seal(BusMessage message, Instant now) {
        if (!WORD.matcher(message.topic()).matches() || !WORD.matcher(message.text()).matches()) {
            throw new IllegalArgumentException("not fit for the bus: " + message.topic());
        }
        var line =
                String.join(
                        "|",
                        "1",
                        keys.current(PURPOSE),
                        String.valueOf(now.toEpochMilli()),
                        message.topic(),
                        message.text());
        return line + "|" + HexFormat.of().formatHex(keys.sign(PURPOSE, bytes(line)).digest());
    }

    /** Empty for whatever this installation did not write lately. */
    Optional<BusMessage> open(String line, Instant now) {
        var matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var sent = Instant.ofEpochMilli(Long.parseLong(matcher.group(3)));
        var mac = new Mac(matcher.group(2), HexFormat.of().parseHex(matcher.group(6)));
        if (Duration.between(sent, now).abs().compareTo(WINDOW) > 0
                || !keys.verify(PURPOSE, mac, bytes(matcher.group(1)))) {
            return Optional.empty();
        }
        return Optional.of(new BusMessage(matcher.group(4), matcher.group(5)));
    }

    private byte[] bytes(String line) {
        return (channel + "\n" + line).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
