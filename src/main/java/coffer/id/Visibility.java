package coffer.id;

import coffer.platform.ProblemType;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What a person sees and acts on: their organization's subtree. Ask it with the thing's current
 * path, read in the same transaction; who created the thing decides nothing.
 *
 * @param organizationId the person's organization
 * @param path from the root to it, as it was when the person was let in
 */
public record Visibility(UUID organizationId, List<UUID> path) {

    /** Copies the path. */
    public Visibility {
        path = List.copyOf(path);
    }

    /** What this person sees. */
    public static Visibility of(Caller.Person person) {
        return new Visibility(person.organizationId(), person.organizationPath());
    }

    /** True for the person's own organization, what is below it, and what belongs to those. */
    public boolean covers(List<UUID> thingPath) {
        return thingPath.contains(organizationId);
    }

    /** True for organizations strictly below: nobody acts on their own. */
    public boolean isBelow(List<UUID> organizationPath) {
        return covers(organizationPath) && !organizationPath.getLast().equals(organizationId);
    }

    /**
     * Refuses what is not covered.
     *
     * @param denied {@code ACCESS_DENIED_TO_…}, which names the kind of thing
     */
    public void require(List<UUID> thingPath, ProblemType denied) {
        if (!covers(thingPath)) {
            throw denied.withoutDetail();
        }
    }

    /** As {@link #require}, of organizations strictly below. */
    public void requireBelow(List<UUID> organizationPath, ProblemType denied) {
        if (!isBelow(organizationPath)) {
            throw denied.withoutDetail();
        }
    }

    /**
     * {@code /root/…/own/}, for lists: {@code path like ?1 || '%'}. It is the path of at most 25 s
     * ago; an organization that was moved since shows an empty list until then, never a foreign
     * one.
     */
    public String prefix() {
        return path.stream().map(UUID::toString).collect(Collectors.joining("/", "/", "/"));
    }
}
