package io.flotilla.storage.internal;

import java.util.Arrays;

/** Many numbers in eight bytes each. Not thread-safe. */
public final class LongSet {
    private long[] values = new long[64];
    private int size;
    private boolean sorted = true;

    public void add(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, Math.multiplyExact(size, 2));
        }
        values[size++] = value;
        sorted = false;
    }

    public void addAll(long[] more) {
        for (long each : more) {
            add(each);
        }
    }

    public boolean contains(long value) {
        if (!sorted) {
            Arrays.sort(values, 0, size);
            sorted = true;
        }
        return Arrays.binarySearch(values, 0, size, value) >= 0;
    }

    public long[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
