package io.flotilla.cache.internal.protocol;

/**
 * A value on its way into the second tier.
 *
 * @param freshFor for how many milliseconds it is fresh
 * @param usableFor for how many milliseconds it may be served at all, not less than that
 */
public record Content<V>(V value, long freshFor, long usableFor) {}
