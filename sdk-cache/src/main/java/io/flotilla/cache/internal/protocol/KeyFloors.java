package io.flotilla.cache.internal.protocol;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The floors of the keys of one stream that changed last. What is not among them is below the horizon: it is not known
 * which keys changed there. Thread-safe.
 */
final class KeyFloors<K> {
    private final int capacity;
    // guarded by this
    private final Map<K, Long> floors = new LinkedHashMap<>();
    private long horizon;

    KeyFloors(int capacity) {
        this.capacity = capacity;
    }

    synchronized void raise(K key, long number) {
        Long present = floors.get(key);
        if (present != null && present >= number) {
            return;
        }
        floors.remove(key); // to the end
        floors.put(key, number);
        if (floors.size() > capacity) {
            Map.Entry<K, Long> eldest = floors.entrySet().iterator().next();
            horizon = Math.max(horizon, eldest.getValue());
            floors.remove(eldest.getKey());
        }
    }

    /** Whether an answer from then cannot be from before a change of the key. */
    synchronized boolean allow(K key, long number) {
        return number >= horizon && number >= floors.getOrDefault(key, 0L);
    }
}
