package io.flotilla.storage.internal;

import io.flotilla.spi.Check;

/** What a namespace may hold. */
public record Limits(long maxObjectSize, long maxObjects, long maxBytes) {
    public static final long NO_LIMIT = Long.MAX_VALUE;

    static final Limits NONE = new Limits(NO_LIMIT, NO_LIMIT, NO_LIMIT);

    public Limits {
        Check.that(maxObjectSize >= 0, "storage.maxObjectSize must be 0 or more, was %d", maxObjectSize);
        Check.that(maxObjects >= 0, "storage.maxObjects must be 0 or more, was %d", maxObjects);
        Check.that(maxBytes >= 0, "storage.maxBytes must be 0 or more, was %d", maxBytes);
    }

    /** Whether what is stored already matters. */
    boolean areOnTheWhole() {
        return maxObjects != NO_LIMIT || maxBytes != NO_LIMIT;
    }
}
