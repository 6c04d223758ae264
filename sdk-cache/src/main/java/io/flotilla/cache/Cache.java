package io.flotilla.cache;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cache. What its {@linkplain CacheMode mode} promises of consistency holds for every operation; what each costs stands
 * with it, in round trips to the owner of a key, of which there are none if that is this member.
 *
 * <p><b>Values are shared</b>: whoever gets one from this member's memory gets the same object, and must not change it, unless
 * {@link CacheBuilder#copyOnRead} is set.
 *
 * <p>If the cluster cannot answer, {@link #getOrLoad} goes on with the loader; everything else throws {@link
 * io.flotilla.ClusterUnavailableException}. A change that throws it may have taken place, and may be said again.
 *
 * <p>Thread-safe. Calls block until they have their answer, for {@link io.flotilla.ClusterBuilder#callTimeout} at most, loads
 * aside.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 * @since 0.1
 */
public interface Cache<K, V> {

    /**
     * Returns the name of this cache.
     *
     * @return the name, the same on all members
     */
    String name();

    /**
     * Returns the value of a key. Costs nothing if a value is near, else a round trip.
     *
     * @param key the key
     * @return the value; empty if there is none, or none that is fresh, or if it is known that there is nothing
     */
    Optional<V> get(K key);

    /**
     * Returns the value of a key with what is known of it. Costs what {@link #get} costs.
     *
     * @param key the key
     * @return the entry; empty if there is none, or none that is fresh
     */
    Optional<CacheEntry<V>> entry(K key);

    /**
     * Returns the value of a key, and loads it if there is none. Of all members one loads at a time; the others wait for the
     * result. Costs nothing if a value is near; a round trip if the cluster has it; else two and the load.
     *
     * @param key the key
     * @param loader where the value comes from
     * @return the value; null if it is known that there is nothing, which needs {@link CacheBuilder#negativeTtl}
     * @throws CacheLoadException if the loader failed or took too long, and no stale value may do
     */
    @Nullable
    V getOrLoad(K key, CacheLoader<? super K, V> loader);

    /**
     * Returns the value of a key with what is known of it, and loads it if there is none: see {@link #getOrLoad}.
     *
     * @param key the key
     * @param loader where the value comes from
     * @return the entry
     * @throws CacheLoadException if the loader failed or took too long, and no stale value may do
     */
    CacheEntry<V> entryOrLoad(K key, CacheLoader<? super K, V> loader);

    /**
     * Returns the values of several keys. Costs one message to each owner of keys that are not near, all at the same time,
     * and more of them for more than 500 keys.
     *
     * @param keys the keys
     * @return the values there are, in the order of the keys; keys without one are missing
     */
    Map<K, V> getAll(Collection<? extends K> keys);

    /**
     * Returns the values of several keys, and loads those that there are not, up to 500 in one call of the loader. What
     * another thread or member is loading is waited for, once what this one is to load is stored; if that fails there the
     * loader is called again, for that key alone. Costs what {@link #getAll} costs, for what was loaded besides what {@link
     * #putAll(Map)} costs. A {@linkplain CacheBuilder#softTimeout soft timeout} does not count for what this thread loads.
     *
     * @param keys the keys
     * @param loader where the values come from
     * @return the values, in the order of the keys; keys are missing of which it is known that there is nothing, which needs
     *     {@link CacheBuilder#negativeTtl}
     * @throws CacheLoadException if one of them could not be loaded, and no stale value may do; the others are stored
     */
    Map<K, V> getOrLoadAll(Collection<? extends K> keys, BulkLoader<K, V> loader);

    /**
     * Stores a value with the cache's own settings. A change; costs a round trip and one to the backups.
     *
     * @param key the key
     * @param value the value
     * @throws io.flotilla.ClusterDataException if the value cannot be serialized
     */
    void put(K key, V value);

    /**
     * Stores a value. A change; costs a round trip and one to the backups, and a round trip for each tag that is not near.
     *
     * @param key the key
     * @param value the value
     * @param options its time to live, its tags
     * @throws io.flotilla.ClusterDataException if the value cannot be serialized
     */
    void put(K key, V value, EntryOptions options);

    /**
     * Stores values with the cache's own settings: see {@link #putAll(Map, EntryOptions)}.
     *
     * @param values the values by their keys
     * @throws io.flotilla.ClusterDataException if one of the values cannot be serialized; then none is stored
     */
    void putAll(Map<? extends K, ? extends V> values);

    /**
     * Stores several values, each as {@link #put(Object, Object, EntryOptions)} does, not all or none: if this throws {@link
     * io.flotilla.ClusterUnavailableException} some may be stored. Each is a message of its own, since changes wait for their
     * backups; up to 500 are on the way at the same time. With {@link CacheMode#SYNC_INVALIDATE} one after the other is then
     * waited for.
     *
     * @param values the values by their keys
     * @param options their time to live, their tags
     * @throws io.flotilla.ClusterDataException if one of the values cannot be serialized; then none is stored
     */
    void putAll(Map<? extends K, ? extends V> values, EntryOptions options);

    /**
     * Stores a value if there is none that is fresh. If it does that is a change; costs as {@link #put(Object, Object)}.
     *
     * @param key the key
     * @param value the value
     * @param options its time to live, its tags
     * @return whether it was stored
     */
    boolean putIfAbsent(K key, V value, EntryOptions options);

    /**
     * Stores a value if there is one that is fresh. If it does that is a change; costs as {@link #put(Object, Object)}.
     *
     * @param key the key
     * @param value the value
     * @return whether it was stored
     */
    boolean replace(K key, V value);

    /**
     * Stores a value if the present one is of a version: nothing has changed the key since that was read. If it does that is
     * a change; costs as {@link #put(Object, Object)}.
     *
     * @param key the key
     * @param value the value
     * @param version the version of the value that is to be replaced, from {@link CacheEntry#version}
     * @return whether it was stored
     */
    boolean replace(K key, V value, long version);

    /**
     * Stores a value if the present one is fresh and equal to another. If it does that is a change; costs as {@link
     * #put(Object, Object)} and a round trip to look.
     *
     * @param key the key
     * @param expected what the present value is compared with, by {@code equals}
     * @param value the value
     * @return whether it was stored
     */
    boolean compareAndSet(K key, V expected, V value);

    /**
     * Adds to a number, on its owner: no addition is lost between members. Without a fresh value it begins at 0, with the
     * cache's own settings; else the time to live goes on. A change; costs as {@link #put(Object, Object)}.
     *
     * @param key a key whose value is a {@code Long}
     * @param amount what to add
     * @return the sum; if the owner was lost in between, what it has become since
     * @throws IllegalStateException if the present value is no {@code Long}
     */
    long add(K key, long amount);

    /**
     * Removes a value: the next who asks loads it anew, and loads that run now store nothing. A change; costs a round trip
     * and one to the backups.
     *
     * @param key the key
     */
    void invalidate(K key);

    /**
     * Removes the values of several keys, each as {@link #invalidate} does; costs what {@link #putAll(Map)} costs.
     *
     * @param keys the keys
     */
    void invalidateAll(Collection<? extends K> keys);

    /**
     * Voids all values with one of some tags, however many: costs as one {@link #put(Object, Object)} for each tag. When it
     * returns no member answers with one of them any more, in any mode but {@link CacheMode#LOCAL}; a member that is silent
     * holds it up for at most 3 s.
     *
     * @param tags the tags
     */
    void invalidateTags(String... tags);

    /**
     * Voids all values of this cache: costs as one {@link #put(Object, Object)}. When it returns no member answers with one
     * of them any more; a member that is silent holds it up for at most 3 s. Their memory is freed soon.
     */
    void clear();

    /**
     * Returns what this member has counted.
     *
     * @return the counts since it started; never blocks
     */
    CacheStatistics statistics();
}
