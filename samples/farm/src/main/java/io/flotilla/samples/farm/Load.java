package io.flotilla.samples.farm;

import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Visitors who count up a number in their sessions, one request after the other, until they are told to stop. Each knows
 * what the next answer must say, so a failed request shows, and so does a lost or an old session.
 */
final class Load implements AutoCloseable {
    private final URI base;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;

    private Load(URI base) {
        this.base = base;
    }

    static Load start(URI base, int visitors) {
        Load load = new Load(base);
        for (int i = 1; i <= visitors; i++) {
            Thread thread = new Thread(load::visit, "visitor-" + i);
            thread.setDaemon(true);
            load.threads.add(thread);
            thread.start();
        }
        return load;
    }

    private void visit() {
        Visitor visitor = new Visitor();
        int count = 0;
        while (!stopped) {
            count = countUp(visitor, count);
        }
    }

    private int countUp(Visitor visitor, int count) {
        requests.incrementAndGet();
        try {
            Answer answer = visitor.post(base, "/api/session/counter/visits");
            if (!answer.ok()) {
                fail(answer.toString());
                return count;
            }
            int now = Integer.parseInt(answer.attribute("visits"));
            if (now != count + 1) {
                fail("session lost or old: counted " + now + " after " + count + " on " + answer.node());
            }
            return now;
        } catch (IOException | RuntimeException failure) {
            fail(failure.toString());
            return count;
        }
    }

    private void fail(String what) {
        failures.add(InstantSource.system().instant() + " " + what);
    }

    /** Blocks until so many more requests have been made, or until the patience ends. */
    void await(int more, Patience patience) {
        int goal = requests.get() + more;
        while (requests.get() < goal && patience.more()) {
            // The wait is in more().
        }
    }

    int requests() {
        return requests.get();
    }

    /** What went wrong; empty if nothing did. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    /** Ends the load; what was on its way is awaited. */
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
