package coffer.storage;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a destination was seen to do.
 *
 * @param present what it can do; what is not in it, it cannot, or nobody has looked yet
 * @param probedAt when somebody looked, or null
 */
public record Capabilities(Set<Capability> present, @Nullable Instant probedAt) {

    /** Nobody has looked: nothing is relied upon. */
    public static final Capabilities UNKNOWN = new Capabilities(Set.of(), null);

    /** Copies the set. */
    public Capabilities {
        present = Set.copyOf(present);
    }

    /** True when it was seen. */
    public boolean has(Capability capability) {
        return present.contains(capability);
    }

    /** True when somebody has looked. */
    public boolean known() {
        return probedAt != null;
    }

    /** The words of {@link Capability#word()}, sorted, comma-separated. */
    public String words() {
        return String.join(",", present.stream().map(Capability::word).sorted().toList());
    }

    /** Reads {@link #words()}; a word of a later release is left out. */
    static Capabilities parse(String words, Instant probedAt) {
        var present = EnumSet.noneOf(Capability.class);
        for (var capability : Capability.values()) {
            if (Set.of(words.split(",")).contains(capability.word())) {
                present.add(capability);
            }
        }
        return new Capabilities(present, probedAt);
    }
}
