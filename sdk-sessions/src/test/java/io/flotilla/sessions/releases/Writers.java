package io.flotilla.sessions.releases;

import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** People who write numbers into their sessions, each time on another node, and look whether the last one is there. */
final class Writers implements AutoCloseable {
    private final AtomicReferenceArray<Node> nodes;
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger written = new AtomicInteger();
    private final List<Thread> threads;
    private volatile boolean stopped;

    /** Starts them; a node that is null is out of use for the moment. */
    Writers(AtomicReferenceArray<Node> nodes, int count) {
        this.nodes = nodes;
        threads = IntStream.range(0, count)
                .mapToObj(i -> new Thread(this::write, "writer-" + i))
                .toList();
        threads.forEach(Thread::start);
    }

    private void write() {
        Visitor visitor = new Visitor();
        String last = "null";
        for (int i = 0; !stopped; i++) {
            Node node = nodes.get(i % nodes.length());
            if (node != null) {
                last = write(visitor, node, i, last);
            }
        }
    }

    private String write(Visitor visitor, Node node, int number, String last) {
        try {
            String was = visitor.get(node, "/set?n=" + number).get(0);
            if (!was.equals("was=" + last)) {
                failures.add(was + " after " + last);
            }
            written.incrementAndGet();
        } catch (IOException failure) {
            failures.add(failure.toString());
        }
        return Integer.toString(number);
    }

    /** Until so many more have been written: whatever was under way before is over. */
    void awaitWrites(int more) {
        int goal = written.get() + more;
        Awaitility.await().until(() -> written.get() >= goal || !failures.isEmpty());
    }

    /** Requests that failed, and writes that were not there at the next one. */
    Queue<String> failures() {
        return failures;
    }

    @Override
    public void close() {
        stopped = true;
        threads.forEach(each -> Awaitility.await().until(() -> !each.isAlive()));
    }
}
