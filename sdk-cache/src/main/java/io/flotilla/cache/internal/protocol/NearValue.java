package io.flotilla.cache.internal.protocol;

import java.util.UUID;

/**
 * A value of the first tier.
 *
 * @param view the view of the stream of the owner that gave it
 * @param number when on that stream it was given
 * @param freshUntil this member's elapsed time until which it is fresh
 * @param usableUntil this member's elapsed time until which it may be served at all
 */
public record NearValue<K, V>(
        StreamView<K> view, int partition, long number, long version, V value, long freshUntil, long usableUntil) {

    public enum Worth {
        /** It is the answer. */
        FRESH,
        /** It is not fresh any more: ask the owner; it may be served meanwhile if the cache allows that. */
        STALE,
        /** It may have been changed: ask the owner; it is better than an error if the cache allows that. */
        UNPROVEN,
        /** It is void or too old: as if it was not there. */
        NOTHING
    }

    /** What it is worth to a read that began at that time, before it looked for the value. */
    public Worth worth(long now) {
        if (now >= usableUntil || !counts()) {
            return Worth.NOTHING;
        }
        if (!view.isProven(now)) {
            return Worth.UNPROVEN;
        }
        return now < freshUntil ? Worth.FRESH : Worth.STALE;
    }

    private boolean counts() {
        return view.counts(partition, number);
    }

    /** Whether another answer for the key, which is not void, must not take this one's place. */
    boolean outranks(NearValue<K, V> other, long now) {
        boolean sameStream = view.owner().equals(other.view.owner());
        return version > other.version && counts() && (sameStream || view.isProven(now));
    }

    /** Whether a change of the key, noted by an owner, makes this void. */
    boolean precedes(UUID owner, long change) {
        return !view.owner().equals(owner) || number < change;
    }
}
