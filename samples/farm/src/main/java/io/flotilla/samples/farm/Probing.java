package io.flotilla.samples.farm;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Asks every node again and again whether it is ready, and tells when that changes. */
final class Probing implements AutoCloseable {
    private static final long INTERVAL_MILLIS = 300;

    private final Consumer<URI> up;
    private final Consumer<URI> down;
    private final Set<URI> ready = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer;

    private Probing(int nodes, Consumer<URI> up, Consumer<URI> down) {
        this.up = up;
        this.down = down;
        // One thread a node: one that does not answer must not delay the look at the others.
        this.timer = Executors.newScheduledThreadPool(nodes, task -> {
            Thread thread = new Thread(task, "probing");
            thread.setDaemon(true);
            return thread;
        });
    }

    static Probing start(List<URI> nodes, Consumer<URI> up, Consumer<URI> down) {
        Probing probing = new Probing(nodes.size(), up, down);
        for (URI node : nodes) {
            var unused = probing.timer.scheduleWithFixedDelay(
                    () -> probing.probe(node), 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        }
        return probing;
    }

    private void probe(URI node) {
        if (Visitor.status("GET", node.resolve("/health/ready?lb=builtin")) == 200) {
            if (ready.add(node)) {
                up.accept(node);
            }
        } else if (ready.remove(node)) {
            down.accept(node);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
