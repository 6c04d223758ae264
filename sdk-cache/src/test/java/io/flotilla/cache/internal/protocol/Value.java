package io.flotilla.cache.internal.protocol;

/**
 * What the origin had.
 *
 * @param number how often it had changed by then
 * @param bornAt the virtual time at which it came into the second tier, or began to be loaded
 * @param freshFor its time to live in milliseconds
 * @param put whether a change brought it, not a load
 */
record Value(long number, long bornAt, long freshFor, boolean put) {
    Content<Value> content() {
        return new Content<>(this, freshFor, freshFor * 2);
    }
}
