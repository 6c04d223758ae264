package io.flotilla.spi;

import com.hazelcast.core.HazelcastInstance;
import io.flotilla.Cluster;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

/**
 * What core gives a module. All of it is owned by core; a module closes nothing that it got from here. Thread-safe.
 *
 * @since 0.1
 */
public interface ModuleContext {

    /**
     * Returns the name of the cluster.
     *
     * @return the name
     */
    String cluster();

    /**
     * Returns the name of this member.
     *
     * @return the name
     */
    String node();

    /**
     * Returns the state of this member.
     *
     * @return the current state; never blocks
     */
    Cluster.State state();

    /**
     * Returns the Hazelcast member.
     *
     * @return the member
     */
    HazelcastInstance hazelcast();

    /**
     * Returns the newest level of the wire format that all present members know. Whoever sends what that level brought must be ready for a member of
     * an earlier release that joins meanwhile: it fails such a call with a {@link io.flotilla.ClusterDataException}.
     *
     * @return the level
     */
    int wireLevel();

    /**
     * Returns the deadlined, retried, translated way to call the owner of a key.
     *
     * @return the calls
     */
    Calls calls();

    /**
     * Returns whether this member may answer from its own memory.
     *
     * @return the answer at any time
     */
    Serving serving();

    /**
     * Returns a way to encrypt values that only members of this cluster shall read.
     *
     * @param purpose what for: what is sealed for one purpose cannot be opened for another
     * @return the sealer
     */
    Sealer sealer(String purpose);

    /**
     * Returns the count of requests in flight on this member.
     *
     * @return the count that filters keep
     */
    Requests requests();

    /**
     * Returns the wall clock. Its readings never go back while the JVM lives.
     *
     * @return the clock
     */
    InstantSource clock();

    /**
     * Returns the clock for elapsed time.
     *
     * @return nanoseconds since an arbitrary origin
     */
    LongSupplier ticker();

    /**
     * Creates a pool of this module's own: named daemon threads, a bounded number of them, closed by core after the
     * module.
     *
     * @param purpose what the threads do, one word in lower case: it shows in their names
     * @param threads how many threads at most
     * @return the pool
     */
    ExecutorService newPool(String purpose, int threads);

    /**
     * Returns the cluster's one timer thread. Tasks on it must only hand work over to a pool; a module cancels its own
     * tasks when it closes.
     *
     * @return the scheduler
     */
    ScheduledExecutorService scheduler();

    /**
     * Runs a task again and again in a pool, never twice at the same time: a run that falls due while the last one still
     * works is left out. A run that throws is logged and does not end the series. Core ends the series before it closes
     * the module.
     *
     * @param pool where the task runs
     * @param every time between two starts, and before the first
     * @param what the task in two or three words, for the log
     * @param task the work
     */
    void repeat(ExecutorService pool, Duration every, String what, Runnable task);

    /**
     * Returns the registry for this module's meters. The tag {@code cluster} is added, and the meters are removed at
     * close, by core.
     *
     * @return the registry
     */
    MeterRegistry meters();

    /**
     * Adds a health check of this module.
     *
     * @param check the check
     */
    void addHealthCheck(HealthCheck check);

    /**
     * Returns the health checks of core and of all modules started so far.
     *
     * @return the checks, in the order in which they were added
     */
    List<HealthCheck> healthChecks();
}
