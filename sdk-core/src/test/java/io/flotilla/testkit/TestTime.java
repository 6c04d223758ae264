package io.flotilla.testkit;

import static java.util.Objects.requireNonNull;

import io.flotilla.ClusterBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

/**
 * Time that stands still until the test moves it: a wall clock, a ticker for elapsed time and a scheduler that agree with
 * each other. {@link #advance} moves all three and runs the tasks that fall due, in due order, on the calling thread; each
 * task sees the time at which it was due.
 *
 * <pre>{@code
 * TestTime time = new TestTime();
 * try (TestCluster cluster = TestCluster.of("shop").time(time).start()) {
 *     time.advance(Duration.ofMinutes(31));
 * }
 * }</pre>
 *
 * <p>Work that a scheduled task hands over to a pool runs on that pool's threads, after {@code advance} or while it runs:
 * await its effect.
 *
 * <p>Thread-safe. One instance may serve all members of a cluster.
 */
public final class TestTime {
    /** Where the wall clock starts unless told otherwise. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** The ticker overflows after half a minute, so that code which compares ticks instead of their difference shows. */
    private static final long FIRST_TICK =
            Long.MAX_VALUE - Duration.ofSeconds(30).toNanos();

    private final ManualScheduler scheduler = new ManualScheduler();
    private volatile Instant origin; // the wall clock at elapsed time zero

    /** Time that starts at {@link #START}. */
    public TestTime() {
        this(START);
    }

    /**
     * Time that starts at a given instant.
     *
     * @param start what the wall clock shows at first
     */
    public TestTime(Instant start) {
        this.origin = requireNonNull(start, "start");
    }

    /**
     * Returns the wall clock. For a member whose clock is off by a minute use
     * {@code InstantSource.offset(time.clock(), Duration.ofMinutes(1))}.
     *
     * @return always the same clock
     */
    public InstantSource clock() {
        return this::now;
    }

    /**
     * Returns the clock for elapsed time.
     *
     * @return nanoseconds since an arbitrary origin; they overflow half a minute after the start
     */
    public LongSupplier ticker() {
        return () -> FIRST_TICK + scheduler.elapsedNanos();
    }

    /**
     * Returns the scheduler whose tasks run in {@link #advance} and nowhere else; tasks without a delay too. A periodic
     * task that throws ends its series, as with the JDK's schedulers. Refuses to be shut down, since it belongs to the
     * test.
     *
     * @return always the same scheduler
     */
    public ScheduledExecutorService scheduler() {
        return scheduler;
    }

    /**
     * Sets a member's clock, ticker and scheduler to this time.
     *
     * @param builder the member's builder
     * @return the same builder
     */
    public ClusterBuilder applyTo(ClusterBuilder builder) {
        return builder.clock(clock()).ticker(ticker()).scheduler(scheduler());
    }

    /**
     * Returns what the wall clock shows.
     *
     * @return the current instant
     */
    public Instant now() {
        return origin.plusNanos(scheduler.elapsedNanos());
    }

    /**
     * Lets time pass, and runs on this thread all tasks that fall due on the way, earliest first. A task scheduled by a
     * task runs too if it falls due in time.
     *
     * @param time how much; zero runs what is due already
     * @throws IllegalArgumentException if the time is negative
     * @throws IllegalStateException if called by a scheduled task
     */
    public void advance(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("time must not be negative, was " + time);
        }
        scheduler.advance(time.toNanos());
    }

    /**
     * Sets the wall clock, as an operator or a time server may: the ticker does not move and no task runs.
     *
     * @param instant what the clock is to show, before or after what it shows now
     */
    public void setClock(Instant instant) {
        origin = instant.minusNanos(scheduler.elapsedNanos());
    }

    /**
     * Returns the number of tasks that wait for their time, periodic ones included.
     *
     * @return the count
     */
    public int scheduledTasks() {
        return scheduler.size();
    }

    @Override
    public String toString() {
        return "TestTime[" + now() + ", " + scheduledTasks() + " tasks]";
    }
}
