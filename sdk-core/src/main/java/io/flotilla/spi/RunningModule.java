package io.flotilla.spi;

/**
 * One feature of one running cluster. When the cluster closes, core calls {@link #announceLeaving}, {@link #drain} and
 * {@link #close}, each on all modules before the next, in reverse order of installation, each at most once.
 *
 * @param <T> the feature's facade
 * @since 0.1
 */
public interface RunningModule<T> extends AutoCloseable {

    /**
     * Returns the facade for the application.
     *
     * @return the same object at every call
     */
    T api();

    /**
     * Tells the outside that this member is leaving, and returns when no new requests are to be expected, or when the
     * deadline has passed. Everything still works while this runs. Requests in flight are awaited by core afterwards.
     *
     * @param deadline when to give up waiting
     */
    default void announceLeaving(Deadline deadline) {}

    /**
     * Refuses new work and finishes or hands over running work; requests in flight have finished, or were given up.
     *
     * @param deadline when to give up waiting
     */
    default void drain(Deadline deadline) {}

    /** Releases everything acquired since {@link ClusterModule#start}. */
    @Override
    void close();
}
