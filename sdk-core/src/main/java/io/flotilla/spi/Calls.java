package io.flotilla.spi;

import com.hazelcast.aggregation.Aggregator;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import com.hazelcast.query.Predicate;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Calls to the owner of a key with a deadline of their own ({@link io.flotilla.ClusterBuilder#callTimeout}). A call whose
 * outcome is unknown, since the owner died or a backup did not answer, is sent again until the deadline: a processor may
 * run more than once and must carry an operation id, or be idempotent. Thread-safe.
 *
 * @since 0.1
 */
public interface Calls {

    /**
     * Returns how long a call may take: a module's own waiting on behalf of a request should not take longer.
     *
     * @return the timeout
     */
    Duration timeout();

    /**
     * Runs an entry processor on the owner of a key and waits for its result.
     *
     * @param map the map
     * @param key the key
     * @param processor the processor; may run more than once
     * @param <K> the map's keys
     * @param <V> the map's values
     * @param <R> the processor's result
     * @return what the processor returned
     * @throws io.flotilla.ClusterUnavailableException if no answer came in time; the processor may or may not have run,
     *     and may still run
     * @throws io.flotilla.ClusterDataException if the request, the result or the stored entry cannot be read
     */
    <K, V, R> R onKey(IMap<K, V> map, K key, EntryProcessor<K, V, R> processor);

    /**
     * Runs an entry processor on the owners of several keys, with one message to each owner, and waits for all results. For
     * reading, and for changes that may be lost with an owner: nobody waits for their backups. One processor runs for all
     * keys, on several threads at once.
     *
     * @param map the map
     * @param keys the keys
     * @param processor the processor; may run more than once
     * @param <K> the map's keys
     * @param <V> the map's values
     * @param <R> the processor's result
     * @return what the processor returned for each key
     * @throws io.flotilla.ClusterUnavailableException if not all answers came in time
     * @throws io.flotilla.ClusterDataException if the request, a result or a stored entry cannot be read
     */
    <K, V, R> Map<K, R> onKeys(IMap<K, V> map, Set<K> keys, EntryProcessor<K, V, R> processor);

    /**
     * Runs entry processors on the owners of their keys, each as {@link #onKey} does and all at the same time, and waits for
     * all results.
     *
     * @param map the map
     * @param processors a processor for each key, no two the same; each may run more than once
     * @param <K> the map's keys
     * @param <V> the map's values
     * @param <R> the processors' result
     * @return what each processor returned
     * @throws io.flotilla.ClusterUnavailableException if not all answers came in time; each processor may or may not have
     *     run, and may still run
     * @throws io.flotilla.ClusterDataException if a request, a result or a stored entry cannot be read
     */
    <K, V, R> Map<K, R> onEach(IMap<K, V> map, Map<K, ? extends EntryProcessor<K, V, R>> processors);

    /**
     * Has all members aggregate over the entries that they own, beside the threads that serve requests, and waits for the
     * result: a round to each member, whose cost grows with the number of entries. One at a time on each member that asks.
     *
     * @param map the map
     * @param entries which entries count; evaluated on their owners
     * @param aggregator makes the result of them
     * @param <K> the map's keys
     * @param <V> the map's values
     * @param <R> the result
     * @return the result over all entries, never over a part of them
     * @throws io.flotilla.ClusterUnavailableException if not all owners have answered in time, or this member may not serve
     * @throws io.flotilla.ClusterDataException if the request or the result cannot be read
     */
    <K, V, R> R aggregate(IMap<K, V> map, Predicate<K, V> entries, Aggregator<? super Map.Entry<K, V>, R> aggregator);

    /**
     * Sends an entry processor to the owner of a key once, and waits for nothing: for work in the background that is done
     * again later if it fails now. What depends on the stage runs on a thread of Hazelcast's and must be short.
     *
     * @param map the map
     * @param key the key
     * @param processor the processor
     * @param <K> the map's keys
     * @param <V> the map's values
     * @param <R> the processor's result
     * @return what the processor returns, or a failure that says nothing of whether it has run; with no deadline
     * @throws io.flotilla.ClusterUnavailableException if this member may not serve now
     */
    <K, V, R> CompletionStage<R> send(IMap<K, V> map, K key, EntryProcessor<K, V, R> processor);
}
