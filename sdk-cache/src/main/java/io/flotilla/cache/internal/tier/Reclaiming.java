package io.flotilla.cache.internal.tier;

import com.hazelcast.map.IMap;
import com.hazelcast.partition.PartitionService;
import com.hazelcast.query.Predicates;
import io.flotilla.cache.internal.wire.ReclaimProcessor;
import io.flotilla.cache.internal.wire.RowRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/** Removes the rows of a cleared cache from the second tier, some at a time, so that no partition stands still for it. */
final class Reclaiming {
    private static final int SLICE = 200;

    private final IMap<String, RowRecord> map;
    private final PartitionService partitions;

    Reclaiming(IMap<String, RowRecord> map, PartitionService partitions) {
        this.map = map;
        this.partitions = partitions;
    }

    /** Removes what bears a generation of the cache; blocks until all of it has gone. */
    void remove(long epoch) {
        ReclaimProcessor reclaim = new ReclaimProcessor(epoch);
        for (String each : oneOfEachPartition()) {
            Iterator<String> keys = map.keySet(Predicates.partitionPredicate(each, Predicates.alwaysTrue()))
                    .iterator();
            while (keys.hasNext()) {
                Map<String, ?> unused = map.executeOnKeys(slice(keys), reclaim);
            }
        }
    }

    private static Set<String> slice(Iterator<String> keys) {
        Set<String> slice = new HashSet<>();
        while (keys.hasNext() && slice.size() < SLICE) {
            slice.add(keys.next());
        }
        return slice;
    }

    /** Hazelcast names a partition by a key in it. */
    private Iterable<String> oneOfEachPartition() {
        int count = partitions.getPartitions().size();
        Map<Integer, String> keys = new HashMap<>();
        for (int i = 0; keys.size() < count; i++) {
            String key = Integer.toString(i);
            keys.putIfAbsent(partitions.getPartition(key).getPartitionId(), key);
        }
        return keys.values();
    }
}
