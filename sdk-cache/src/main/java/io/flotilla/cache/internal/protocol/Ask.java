package io.flotilla.cache.internal.protocol;

import java.util.UUID;

/**
 * A reader's question for a value that it will load if there is none.
 *
 * @param token a random number; the same one gets the same lease again
 * @param reader who asks
 * @param leaseFor for how many milliseconds a lease runs
 * @param voidVersion the version of a value that the reader knows to be void, such as one whose tag was invalidated; 0 for
 *     none
 * @param early whether the reader wants to load anew what is still fresh
 */
public record Ask(long token, UUID reader, long leaseFor, long voidVersion, boolean early) {

    /** What any value answers. */
    public static Ask of(long token, UUID reader, long leaseFor) {
        return new Ask(token, reader, leaseFor, 0, false);
    }

    /** Beside a value that is known to be void, however fresh it looks to its owner. */
    public Ask beside(long version) {
        return new Ask(token, reader, leaseFor, version, early);
    }

    /** Ahead of time. */
    public Ask ahead() {
        return new Ask(token, reader, leaseFor, voidVersion, true);
    }
}
