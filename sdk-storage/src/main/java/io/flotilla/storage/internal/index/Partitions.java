package io.flotilla.storage.internal.index;

import com.hazelcast.partition.PartitionService;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The partitions of the cluster, and the key in each of them under which its mark lies. Thread-safe. */
final class Partitions {
    private final PartitionService service;
    private volatile @Nullable List<String> keys; // made when first asked for

    Partitions(PartitionService service) {
        this.service = service;
    }

    int count() {
        return keys().size();
    }

    int of(String key) {
        return service.getPartition(key).getPartitionId();
    }

    String markKey(int partition) {
        return keys().get(partition);
    }

    List<String> keys() {
        List<String> present = keys;
        if (present != null) {
            return present;
        }
        int count = service.getPartitions().size();
        Map<Integer, String> found = new TreeMap<>();
        for (int i = 0; found.size() < count; i++) {
            found.putIfAbsent(of("m" + i), "m" + i);
        }
        List<String> all = List.copyOf(found.values());
        keys = all;
        return all;
    }
}
