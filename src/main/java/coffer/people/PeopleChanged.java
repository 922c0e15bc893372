package coffer.people;

import java.util.UUID;

/**
 * A CDI event, fired within a transaction that changes what an account may do; once it has
 * committed, every node forgets what it remembered of it.
 *
 * @param accountId which
 */
public record PeopleChanged(UUID accountId) {}
