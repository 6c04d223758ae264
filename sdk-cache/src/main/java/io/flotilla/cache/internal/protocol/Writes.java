package io.flotilla.cache.internal.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The last puts of an owner: one that comes once more must not undo what happened in between. Thread-safe. */
final class Writes {
    static final int KEPT = 10_000;

    private final int capacity;
    // guarded by this
    private final Map<Long, Written> last = new LinkedHashMap<>();

    Writes(int capacity) {
        this.capacity = capacity;
    }

    /** What was said to an operation when it came first; null if it has not come. */
    synchronized @Nullable Written of(long operation) {
        return last.get(operation);
    }

    synchronized void add(long operation, Written written) {
        last.put(operation, written);
        if (last.size() > capacity) {
            last.remove(last.keySet().iterator().next());
        }
    }
}
