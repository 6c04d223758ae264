package io.flotilla.storage.internal.index;

import com.hazelcast.map.IMap;
import io.flotilla.spi.Calls;
import io.flotilla.storage.internal.Backend;
import io.flotilla.storage.internal.Reference;
import io.flotilla.storage.internal.ReferenceIndex;
import io.flotilla.storage.internal.wire.CompletenessMark;
import io.flotilla.storage.internal.wire.IndexEntry;
import io.flotilla.storage.internal.wire.Look;
import io.flotilla.storage.internal.wire.Mark;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills the index from disk: all of it when the first member starts, and a partition of which all copies are lost. Nobody
 * may write to a partition before it is complete. Any number of members may load at the same time.
 */
public final class IndexLoader {
    private static final Logger log = LoggerFactory.getLogger(IndexLoader.class);

    private final Backend backend;
    private final ReferenceIndex index;
    private final IMap<String, IndexEntry> map;
    private final Calls calls;
    private final Partitions partitions;

    IndexLoader(
            Backend backend, ReferenceIndex index, IMap<String, IndexEntry> map, Calls calls, Partitions partitions) {
        this.backend = backend;
        this.index = index;
        this.map = map;
        this.calls = calls;
        this.partitions = partitions;
    }

    /** Loads what is missing; if a partition is lost meanwhile, it is still missing afterwards. */
    public void load() throws IOException {
        Set<Integer> missing = incomplete();
        if (missing.isEmpty()) {
            return;
        }
        String loading = UUID.randomUUID().toString();
        for (int each : missing) {
            mark(each, Mark.begin(loading));
        }
        int[] references = {0};
        backend.forEachReference(latest -> {
            if (missing.contains(partitions.of(key(latest)))) {
                index.found(latest);
                references[0]++;
            }
        });
        for (int each : missing) {
            mark(each, Mark.end(loading));
        }
        log.info("storage has read {} references from disk for {} partitions", references[0], missing.size());
    }

    private Set<Integer> incomplete() {
        Set<Integer> missing = new HashSet<>();
        List<String> keys = new ArrayList<>(partitions.keys());
        for (int i = 0; i < keys.size(); i++) {
            IndexEntry entry = calls.onKey(map, keys.get(i), new Look());
            if (!(entry instanceof CompletenessMark mark && mark.complete())) {
                missing.add(i);
            }
        }
        return missing;
    }

    private void mark(int partition, Mark mark) {
        IndexEntry unused = calls.onKey(map, partitions.markKey(partition), mark);
    }

    private static String key(Reference reference) {
        return ClusterIndex.key(reference.namespace(), reference.name());
    }
}
