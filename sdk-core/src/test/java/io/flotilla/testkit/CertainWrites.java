package io.flotilla.testkit;

import static org.awaitility.Awaitility.await;

import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.map.IMap;

/**
 * Updates of a bare map that are repeated until their backup is certain, as the calls of the modules are. While data
 * still moves to a newcomer a backup may be late, which is an error to a bare map.
 */
public final class CertainWrites {
    private CertainWrites() {}

    /** Sets the value; blocks until its backup has it, for at most ten seconds. */
    public static <K, V> void set(IMap<K, V> map, K key, V value) {
        try {
            map.set(key, value);
        } catch (IndeterminateOperationStateException late) {
            await().ignoreExceptionsInstanceOf(IndeterminateOperationStateException.class)
                    .untilAsserted(() -> map.set(key, value));
        }
    }
}
