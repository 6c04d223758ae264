package io.flotilla.internal;

import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import com.hazelcast.map.impl.proxy.MapProxyImpl;
import com.hazelcast.spi.impl.NodeEngine;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What an entry processor will have returned, for the thread that waits for it. {@link IMap#submitToKey} hands each answer to
 * another thread besides, which reads it a second time for whoever may want it asynchronously. This takes the answer as it
 * came and reads it in the thread that waits.
 */
final class OwnerAnswer<R> {
    private final IMap<?, ?> map;
    private final Future<?> answer;

    private OwnerAnswer(IMap<?, ?> map, Future<?> answer) {
        this.map = map;
        this.answer = answer;
    }

    /** Sends a processor to the owner of a key. */
    static <K, V, R> OwnerAnswer<R> to(IMap<K, V> map, K key, EntryProcessor<K, V, R> processor) {
        if (!(map instanceof MapProxyImpl<K, V> proxy)) {
            CompletableFuture<R> answer = map.submitToKey(key, processor).toCompletableFuture();
            return new OwnerAnswer<>(map, answer);
        }
        if (processor instanceof HazelcastInstanceAware aware) { // it is not copied if the owner is this member
            aware.setHazelcastInstance(engine(proxy).getHazelcastInstance());
        }
        return new OwnerAnswer<>(map, proxy.executeOnKeyInternal(key, processor));
    }

    /** Sends a processor to the owners of several keys. */
    static <K, V, R> OwnerAnswer<Map<K, R>> toAll(IMap<K, V> map, Set<K> keys, EntryProcessor<K, V, R> processor) {
        return new OwnerAnswer<>(map, map.submitToKeys(keys, processor).toCompletableFuture());
    }

    void await(long nanos) throws ExecutionException, InterruptedException, TimeoutException {
        var unused = answer.get(nanos, TimeUnit.NANOSECONDS);
    }

    /** The processor's result, once it {@linkplain #await has come}. */
    @SuppressWarnings("unchecked") // the processor says of what type it is
    R result() throws ExecutionException, InterruptedException {
        Object result = answer.get();
        return (R)
                (map instanceof MapProxyImpl<?, ?> proxy
                        ? engine(proxy).getSerializationService().toObject(result)
                        : result);
    }

    private static NodeEngine engine(MapProxyImpl<?, ?> proxy) {
        return proxy.getNodeEngine();
    }
}
