package io.flotilla.sessions.internal.wire;

import static java.util.Objects.requireNonNull;

import com.hazelcast.partition.Partition;
import com.hazelcast.partition.PartitionService;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A key in each partition: Hazelcast reaches a partition by a key only. Thread-safe. */
public final class PartitionKeys {
    private final PartitionService service;
    private volatile @Nullable List<String> keys; // made when first asked for: a member that starts knows no partitions

    public PartitionKeys(PartitionService service) {
        this.service = service;
    }

    /** The number of partitions. */
    public int partitions() {
        return all().size();
    }

    /** A key in that partition. */
    public String of(int partition) {
        return requireNonNull(all().get(partition));
    }

    public Partition partition(int number) {
        return service.getPartition(of(number));
    }

    int partitionOf(String key) {
        return service.getPartition(key).getPartitionId();
    }

    /** One for each partition, in their order. */
    List<String> all() {
        List<String> present = keys;
        if (present != null) {
            return present;
        }
        Map<Integer, String> found = new TreeMap<>();
        for (int i = 0; found.size() < service.getPartitions().size(); i++) {
            String key = "p" + i;
            found.putIfAbsent(partitionOf(key), key);
        }
        List<String> all = List.copyOf(found.values());
        keys = all;
        return all;
    }
}
