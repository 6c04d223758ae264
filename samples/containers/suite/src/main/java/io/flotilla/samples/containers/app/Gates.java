package io.flotilla.samples.containers.app;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Where requests wait until another one opens the gate, so that a test can look at what happens in between. */
final class Gates {
    private static final Map<String, CountDownLatch> GATES = new ConcurrentHashMap<>();

    private Gates() {}

    private static CountDownLatch gate(String name) {
        return GATES.computeIfAbsent(name, unused -> new CountDownLatch(1));
    }

    /** Goes on at once if the gate is open, and in any case after a while. */
    static void pass(String name) {
        try {
            if (!gate(name).await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody opened the gate");
            }
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupt);
        }
    }

    static void open(String name) {
        gate(name).countDown();
    }
}
