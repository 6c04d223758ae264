package io.flotilla.samples.farm;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntFunction;

/**
 * Writers who set ever new attributes of one session, and remember those that were acknowledged: whatever happens to the
 * nodes meanwhile, these must be there afterwards.
 */
final class Writes implements AutoCloseable {
    private final Visitor visitor;
    private final IntFunction<URI> target;
    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;

    private Writes(Visitor visitor, IntFunction<URI> target) {
        this.visitor = visitor;
        this.target = target;
    }

    /**
     * Starts writing.
     *
     * @param visitor whose session; it exists already
     * @param writers how many write at the same time
     * @param target where the request with a given number goes
     */
    static Writes start(Visitor visitor, int writers, IntFunction<URI> target) {
        Writes writes = new Writes(visitor, target);
        for (int i = 0; i < writers; i++) {
            int writer = i;
            Thread thread = new Thread(() -> writes.run(writer), "writer-" + i);
            thread.setDaemon(true);
            writes.threads.add(thread);
            thread.start();
        }
        return writes;
    }

    private void run(int writer) {
        // Each writer goes over its own few names again and again: a lost update shows as an old value.
        for (int i = 0; !stopped; i++) {
            String name = "w" + writer + "-" + i % 5;
            String value = "v" + i;
            try {
                Answer answer = visitor.put(target.apply(writer + i), "/api/session/attributes/" + name, value);
                if (answer.ok()) {
                    acknowledged.put(name, value);
                } else {
                    acknowledged.remove(name);
                    failures.add(answer.toString());
                }
            } catch (IOException unknown) {
                failures.add(unknown.toString());
                acknowledged.remove(name); // it may have taken effect or not: nothing can be said of this name now
            }
        }
    }

    /** What was acknowledged last for each name whose last write was; grows and changes while the writers are at work. */
    Map<String, String> acknowledged() {
        return acknowledged;
    }

    /** The answers that were no success. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    /** Acknowledged writes that the session does not show. */
    List<String> lostIn(Answer session) {
        return acknowledged.entrySet().stream()
                .filter(write -> !session.attribute(write.getKey()).equals(write.getValue()))
                .map(write -> write + " but was " + session.attribute(write.getKey()))
                .toList();
    }

    /** Ends the writing; what was on its way is awaited. */
    void end() {
        stopped = true;
        for (Thread each : threads) {
            try {
                each.join();
            } catch (InterruptedException interrupt) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public void close() {
        end();
    }
}
