package io.flotilla.cache.internal.protocol;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/** Virtual time, and what is to happen in it. */
final class Agenda {
    private record Entry(long at, long order, Runnable what) {}

    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparingLong(Entry::at).thenComparingLong(Entry::order));
    private long now;
    private long order;

    static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    long now() {
        return now;
    }

    void in(long nanos, Runnable what) {
        at(now + nanos, what);
    }

    void at(long time, Runnable what) {
        entries.add(new Entry(Math.max(time, now), order++, what));
    }

    void runUntil(long end) {
        for (Entry next = entries.peek(); next != null && next.at() <= end; next = entries.peek()) {
            entries.remove();
            now = next.at();
            next.what().run();
        }
        now = end;
    }
}
