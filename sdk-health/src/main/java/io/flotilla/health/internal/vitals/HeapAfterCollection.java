package io.flotilla.health.internal.vitals;

import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;

/**
 * What lives in the heap: what the last collection of the old generation left over. The use at any other moment says
 * nothing, since it holds whatever was dropped since then; the JVM keeps the figure, so no listener is needed that would
 * outlive a web application.
 */
final class HeapAfterCollection implements Source {
    private final List<MemoryPoolMXBean> pools;
    private final long maxHeap;

    /**
     * @param pools of the JVM
     * @param maxHeap in bytes, for pools without a maximum of their own
     */
    HeapAfterCollection(List<MemoryPoolMXBean> pools, long maxHeap) {
        this.pools = pools.stream().filter(HeapAfterCollection::isLongLived).toList();
        this.maxHeap = maxHeap;
    }

    /** Only of long-lived pools does the JVM offer to watch the use: a full Eden is no news. */
    private static boolean isLongLived(MemoryPoolMXBean pool) {
        return pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported();
    }

    @Override
    public void read(Vitals.Collector vitals) {
        long live = 0;
        long max = 0;
        for (MemoryPoolMXBean each : pools) {
            MemoryUsage left = each.getCollectionUsage();
            if (left != null) {
                live += left.getUsed();
                max += left.getMax() > 0 ? left.getMax() : maxHeap;
            }
        }
        if (live > 0) { // 0 before the first collection
            vitals.take(Signal.HEAP, (double) live / max);
        }
    }
}
