package io.flotilla.cache.internal.page;

/** Where a response came from, as its field {@code X-Cache} and the meter say. */
enum Result {
    /** It was stored, and is fresh. */
    HIT,
    /** Its servlet has made it now. */
    MISS,
    /** It was stored, and is not fresh. */
    STALE,
    /** The cache had no part in it. */
    PASS;

    static final String HEADER = "X-Cache";
}
