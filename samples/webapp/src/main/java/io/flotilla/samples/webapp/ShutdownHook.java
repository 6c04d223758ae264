package io.flotilla.samples.webapp;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Ends the process in order when it is told to, and with exit code 0: being stopped is not an error, but a JVM that a
 * signal ends exits with 143 unless it is halted first.
 */
final class ShutdownHook extends Thread {
    private static final long PATIENCE_SECONDS = 40;

    private final CompletableFuture<WebNode> starting = new CompletableFuture<>();

    ShutdownHook() {
        super("shutdown");
    }

    void started(WebNode node) {
        starting.complete(node);
    }

    /** Nothing is to be closed, and the exit code is that of the failure. */
    void failed(RuntimeException failure) {
        starting.completeExceptionally(failure);
    }

    @Override
    public void run() {
        try {
            starting.get(PATIENCE_SECONDS, TimeUnit.SECONDS).close();
        } catch (ExecutionException failed) {
            return;
        } catch (TimeoutException stuck) {
            // Stopped while it was starting, and the start does not end: there is nothing to hand over.
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }
}
