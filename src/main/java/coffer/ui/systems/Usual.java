package coffer.ui.systems;

import coffer.fleet.SystemView;
import coffer.retention.Candidate;

import java.time.Duration;
import java.util.Collection;

/** What is to be expected of a system that goes on as before. */
public final class Usual {

    private Usual() {}

    /** The declared time between two backups, else the learned one, else a day. */
    public static Duration every(SystemView system) {
        var seconds =
                system.cadenceSeconds() != null
                        ? system.cadenceSeconds()
                        : system.learnedCadenceSeconds();
        return seconds == null ? Duration.ofDays(1) : Duration.ofSeconds(Math.max(1800, seconds));
    }

    /** The middle one; what nobody sent yet is taken for a mebibyte. */
    public static long size(Collection<Candidate> kept) {
        var sizes = kept.stream().mapToLong(Candidate::sizeBytes).sorted().toArray();
        return sizes.length == 0 ? 1 << 20 : sizes[sizes.length / 2];
    }
}
