package coffer.platform;

import java.nio.charset.StandardCharsets;

/** A text that must not be seen: prints as stars. Never blank. */
public record Secret(String reveal) {

    /** Refuses a blank one. */
    public Secret {
        if (reveal.isBlank()) {
            throw new IllegalArgumentException("a secret must not be blank");
        }
    }

    /** The secret's UTF-8 bytes; a new array each time. */
    public byte[] bytes() {
        return reveal.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "****";
    }
}
