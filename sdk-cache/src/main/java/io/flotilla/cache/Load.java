package io.flotilla.cache;

import java.time.Duration;
import java.util.Optional;

/**
 * One load of one value: what the loader can say of it. Used by the loader's thread only.
 *
 * @param <V> the type of the values
 * @since 0.1
 */
public interface Load<V> {

    /**
     * How long this value is fresh, in place of the cache's own {@link CacheBuilder#ttl}.
     *
     * @param ttl 1 ms to 10 years
     */
    void ttl(Duration ttl);

    /**
     * Tags this value. A tag that is invalidated while the value is being loaded voids it, also if it is only named
     * at the end.
     *
     * @param tags tags, of 1 to 200 characters; at most 100 a value
     */
    void tags(String... tags);

    /** Gives the value to those who wait for it, and stores it nowhere. */
    void doNotStore();

    /**
     * Returns the value that was there before and is no longer fresh, if it is still there.
     *
     * @return that value
     */
    Optional<V> previous();

    /**
     * Returns by what the origin knows that value, such as an {@code ETag}.
     *
     * @return what {@link #validator(String)} has said of it
     */
    Optional<String> validator();

    /**
     * Says by what the origin knows this value, so that the next load can ask whether it has changed: then the loader may
     * return {@link #previous} and need not transfer it again.
     *
     * @param validator up to 1,000 characters
     */
    void validator(String validator);
}
