package io.flotilla.cache.internal.protocol;

/** The versions that one owner gives: higher than any it gave and any it met. Thread-safe. */
public final class Versions {
    private static final int COUNTER_BITS = 20;

    // guarded by this
    private long last;

    public Versions() {}

    /**
     * Gives the next version.
     *
     * @param present the version of the row that is replaced; 0 if there is none
     * @param now the owner's wall clock in milliseconds, so that a new owner seldom gives lower ones than its predecessor
     */
    public synchronized long next(long present, long now) {
        last = Math.max(Math.max(present, last) + 1, now << COUNTER_BITS);
        return last;
    }
}
