package io.flotilla.internal.discovery;

import io.flotilla.Discovery;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A discovery that answers in time or fails: Hazelcast's strategies wait for long, and some for ever. */
final class BoundedDiscovery implements Discovery {
    private final Discovery discovery;
    private final Duration limit;

    BoundedDiscovery(Discovery discovery, Duration limit) {
        this.discovery = discovery;
        this.limit = limit;
    }

    @Override
    public List<String> addresses() {
        FutureTask<List<String>> asking = new FutureTask<>(discovery::addresses);
        Thread thread = new Thread(asking, "flotilla-discovery");
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
        try {
            return asking.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new IllegalStateException("no answer within " + limit, late);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupt);
        } finally {
            asking.cancel(true); // wakes whoever still waits for the platform
        }
    }

    @Override
    public String toString() {
        return discovery.toString();
    }
}
