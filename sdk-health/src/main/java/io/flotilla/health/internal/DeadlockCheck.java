package io.flotilla.health.internal;

import io.flotilla.spi.HealthCheck;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks for threads that wait for each other. Nothing but a restart ends that, so it fails liveness too. Threads that wait
 * with a time limit will part by themselves and do not count.
 */
final class DeadlockCheck implements HealthCheck {
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private volatile boolean found;

    @Override
    public String name() {
        return "deadlock";
    }

    /** Whether the last run that finished found one. */
    boolean found() {
        return found;
    }

    @Override
    public Result check() {
        Set<String> locked = deadlocked();
        found = !locked.isEmpty();
        return found
                ? new Result(Status.DOWN, "these threads wait for each other: " + String.join(", ", locked))
                : Result.UP;
    }

    private Set<String> deadlocked() {
        long[] ids = threads.isSynchronizerUsageSupported()
                ? threads.findDeadlockedThreads()
                : threads.findMonitorDeadlockedThreads();
        if (ids == null) {
            return Set.of();
        }
        Map<Long, ThreadInfo> suspects = new HashMap<>();
        for (ThreadInfo each : threads.getThreadInfo(ids)) {
            if (each != null) {
                suspects.put(each.getThreadId(), each);
            }
        }
        Set<String> names = new TreeSet<>();
        for (ThreadInfo each : suspects.values()) {
            if (waitsForEver(each, suspects)) {
                names.add(each.getThreadName());
            }
        }
        return names;
    }

    /** Follows who waits for whom until it comes round again; one limited wait on the way sets all of them free. */
    private static boolean waitsForEver(ThreadInfo first, Map<Long, ThreadInfo> suspects) {
        Set<Long> seen = new HashSet<>();
        for (ThreadInfo each = first; seen.add(each.getThreadId()); ) {
            ThreadInfo owner = suspects.get(each.getLockOwnerId());
            if (each.getThreadState() == Thread.State.TIMED_WAITING || owner == null) {
                return false;
            }
            each = owner;
        }
        return true;
    }
}
