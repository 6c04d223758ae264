package io.flotilla.cache.internal.protocol;

import java.util.UUID;

/** Hears of each key that an owner says has changed; perhaps more than once, and in any order. */
@FunctionalInterface
public interface ChangedKeys<K> {

    /**
     * A key has changed, and its floor has risen.
     *
     * @param owner who says so
     * @param number the note's number on its stream
     */
    void changed(K key, UUID owner, long number);
}
