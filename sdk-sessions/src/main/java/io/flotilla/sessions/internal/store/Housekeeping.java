package io.flotilla.sessions.internal.store;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets this member let go of what it keeps for a while, on time: caches drop what has run out when they are used, and on a
 * member to which no requests come any more that is never. Thread-safe.
 */
public final class Housekeeping implements Runnable {
    private final Set<Runnable> chores = ConcurrentHashMap.newKeySet();

    /** Does this, too, each time. */
    public void add(Runnable chore) {
        chores.add(chore);
    }

    /** Does this no more. */
    public void remove(Runnable chore) {
        chores.remove(chore);
    }

    @Override
    public void run() {
        chores.forEach(Runnable::run);
    }
}
