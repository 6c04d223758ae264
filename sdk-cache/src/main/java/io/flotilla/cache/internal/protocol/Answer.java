package io.flotilla.cache.internal.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What an owner says to an ask. Durations in milliseconds, counted from when the reader asked.
 *
 * @param version the version of the value; 0 if there is none
 * @param value the value; null unless the status brings one
 * @param freshFor for how long the value is fresh
 * @param usableFor for how long it may be served at all
 * @param lease the asker's lease; null if it has none
 * @param leaseFor for how long the lease runs, the asker's or the one it waits for
 */
public record Answer<V>(
        Status status,
        long version,
        @Nullable V value,
        long freshFor,
        long usableFor,
        @Nullable LeaseId lease,
        long leaseFor,
        Position position) {

    /** The same with another form of the value; one that cannot be read is none. */
    public <W> Answer<W> with(@Nullable W other) {
        return new Answer<>(status, version, other, freshFor, usableFor, lease, leaseFor, position);
    }

    public enum Status {
        /** A fresh value. */
        HIT,
        /** No value, and nobody was asked to load it. */
        NOTHING,
        /** A value that is not fresh any more; another member loads it anew. */
        STALE,
        /** A value that is not fresh any more; the asker is to load it anew. */
        STALE_LOAD,
        /** No value; the asker is to load it. */
        LOAD,
        /** No value; another member loads it, and the asker is woken when that has ended. */
        WAIT
    }
}
