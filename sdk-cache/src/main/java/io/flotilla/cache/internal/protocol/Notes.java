package io.flotilla.cache.internal.protocol;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The numbered notes of a stream, of which only the newest are kept. Not thread-safe. */
final class Notes<K> {
    private final int capacity;
    private final Deque<Note<K>> kept = new ArrayDeque<>();
    private long forgotten;

    Notes(int capacity) {
        this.capacity = capacity;
    }

    long add(Note<K> note) {
        kept.addLast(note);
        if (kept.size() > capacity) {
            kept.removeFirst();
            forgotten++;
        }
        return last();
    }

    /** Takes a number for something that cannot be told as a note: nobody can catch up over it. */
    void forgetAll() {
        forgotten = last() + 1;
        kept.clear();
    }

    long last() {
        return forgotten + kept.size();
    }

    long forgotten() {
        return forgotten;
    }

    /** At most so many notes, from a number on that is not forgotten. */
    List<Note<K>> from(long number, int most) {
        return kept.stream().skip(number - forgotten - 1).limit(most).toList();
    }
}
