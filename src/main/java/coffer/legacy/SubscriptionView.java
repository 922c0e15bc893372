package coffer.legacy;

import coffer.id.Caller;

import java.util.UUID;

/**
 * What old clients ask of their subscription; Coffer has none, so it is valid while the system is.
 *
 * @param uuid the name under which the client shall call
 * @param id a number that stays the same
 */
public record SubscriptionView(String uuid, long id, Subscription subscription) {

    /**
     * The subscription.
     *
     * @param validUntil seconds since 1970, or a text, as the call wants it
     */
    public record Subscription(long id, String status, Object validUntil, Plan subscriptionPlan) {}

    /** Its plan. */
    public record Plan(String name, String description) {}

    static SubscriptionView of(String name, Caller.Appliance caller, Object validUntil) {
        return new SubscriptionView(
                name,
                number(caller.systemId()),
                new Subscription(
                        number(caller.organizationId()),
                        "valid",
                        validUntil,
                        new Plan("coffer", "Coffer")));
    }

    /** Positive, and within what any JSON parser can hold. */
    private static long number(UUID id) {
        return id.getLeastSignificantBits() & 0x7fff_ffffL;
    }
}
