package io.flotilla.cache.internal.tier;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;
import com.hazelcast.map.IMap;
import io.flotilla.cache.internal.wire.ForgetMessage;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a member does that comes back from the other side of a cut: an invalidation leaves no trace in the rows, so neither
 * side knows what the other has removed. All rows go, and then all that was answered from them.
 */
final class Rejoining {
    /** What the names of all maps of this module begin with. */
    static final String MAPS = "cache.";

    private static final Logger log = LoggerFactory.getLogger(Rejoining.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final HazelcastInstance member;
    private final ExecutorService thread;

    Rejoining(HazelcastInstance member, ExecutorService thread) {
        this.member = member;
        this.thread = thread;
    }

    void begin() {
        thread.execute(this::clean);
    }

    private void clean() {
        boolean done = false;
        while (!done
                && member.getLifecycleService().isRunning()
                && !Thread.currentThread().isInterrupted()) {
            try {
                dropRows();
                tellAll();
                done = true;
                log.info("the cluster's caches were emptied, since this member came back from the other side of a cut");
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException | RuntimeException failure) {
                log.debug("the cluster's caches could not be emptied yet", failure);
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private void dropRows() {
        member.getDistributedObjects().stream()
                .filter(each -> each instanceof IMap && each.getName().startsWith(MAPS))
                .forEach(each -> ((IMap<?, ?>) each).clear());
    }

    private void tellAll() throws ExecutionException, InterruptedException, TimeoutException {
        IExecutorService executor = member.getExecutorService(Streams.EXECUTOR);
        for (Member each : member.getCluster().getMembers()) {
            boolean unused =
                    executor.submitToMember(new ForgetMessage(), each).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
