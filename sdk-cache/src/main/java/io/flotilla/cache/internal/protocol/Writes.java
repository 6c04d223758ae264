package io.flotilla.cache.internal.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The last puts of an owner: one that comes once more must not undo what happened in between. Thread-safe. */
public final class Writes {
    public static final int KEPT = 10_000;

    private final int capacity;
    // guarded by this
    private final Map<Long, Written> last = new LinkedHashMap<>();

    public Writes(int capacity) {
        this.capacity = capacity;
    }

    /** What was said to an operation when it came first; null if it has not come. */
    public synchronized @Nullable Written of(long operation) {
        return last.get(operation);
    }

    public synchronized void add(long operation, Written written) {
        last.put(operation, written);
        if (last.size() > capacity) {
            last.remove(last.keySet().iterator().next());
        }
    }
}
