package io.flotilla.storage.internal.index;

import com.hazelcast.map.IMap;
import com.hazelcast.query.Predicates;
import io.flotilla.ClusterUnavailableException;
import io.flotilla.spi.Calls;
import io.flotilla.spi.ModuleContext;
import io.flotilla.storage.internal.Backend;
import io.flotilla.storage.internal.LongSet;
import io.flotilla.storage.internal.Reference;
import io.flotilla.storage.internal.ReferenceIndex;
import io.flotilla.storage.internal.wire.Census;
import io.flotilla.storage.internal.wire.CompletenessMark;
import io.flotilla.storage.internal.wire.Forget;
import io.flotilla.storage.internal.wire.IndexEntry;
import io.flotilla.storage.internal.wire.Listing;
import io.flotilla.storage.internal.wire.Look;
import io.flotilla.storage.internal.wire.Offer;
import io.flotilla.storage.internal.wire.ReferenceEntry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The index in a map of Hazelcast's. */
public final class ClusterIndex implements ReferenceIndex {
    /** The name of the map. */
    public static final String MAP = "storage.references";

    private static final int TRIES = 5;

    private final IMap<String, IndexEntry> map;
    private final Calls calls;
    private final Partitions partitions;

    /** Which loading has completed a partition, by its number, when this node last asked. */
    private final Map<Integer, String> loadings = new ConcurrentHashMap<>();

    private ClusterIndex(IMap<String, IndexEntry> map, Calls calls, Partitions partitions) {
        this.map = map;
        this.calls = calls;
        this.partitions = partitions;
    }

    /** The index of a running cluster. */
    public static ClusterIndex of(ModuleContext context) {
        return new ClusterIndex(
                context.hazelcast().getMap(MAP),
                context.calls(),
                new Partitions(context.hazelcast().getPartitionService()));
    }

    /** Whoever fills it from a backend. */
    public IndexLoader loader(Backend backend) {
        return new IndexLoader(backend, this, map, calls, partitions);
    }

    /** Whether all references on disk are known. */
    public boolean complete() {
        Census census = calls.aggregate(map, Predicates.alwaysTrue(), Census.usage("", 0));
        return census.complete() == partitions.count();
    }

    @Override
    public @Nullable Reference find(String namespace, String name) {
        String key = key(namespace, name);
        int partition = partitions.of(key);
        for (int i = 0; i < TRIES; i++) {
            String before = loadings.get(partition);
            IndexEntry entry = calls.onKey(map, key, new Look());
            if (entry instanceof ReferenceEntry found) {
                return found.reference();
            }
            // Nothing is there; unless the partition was lost and filled again meanwhile, nothing has been.
            String now = loadingOf(partition);
            if (now.equals(before)) {
                return null;
            }
            loadings.put(partition, now);
        }
        throw incomplete();
    }

    private String loadingOf(int partition) {
        IndexEntry entry = calls.onKey(map, partitions.markKey(partition), new Look());
        if (entry instanceof CompletenessMark mark && mark.complete()) {
            return mark.loading();
        }
        throw incomplete();
    }

    @Override
    public boolean added(Reference reference) {
        Reference latest = offer(reference, Offer.added(reference));
        // A follower of ours may be there already when the call had to be repeated.
        return reference.isSameAs(latest) || latest.base() == reference.generation();
    }

    /** What is latest afterwards; a void one if there is none. */
    private Reference offer(Reference reference, Offer offer) {
        IndexEntry latest = calls.onKey(map, key(reference.namespace(), reference.name()), offer);
        return latest instanceof ReferenceEntry entry
                ? entry.reference()
                : new Reference(reference.namespace(), reference.name(), 0, 0, "", null);
    }

    @Override
    public void found(Reference latest) {
        Reference unused = offer(latest, Offer.found(latest));
    }

    @Override
    public void forget(Reference reference) {
        IndexEntry unused =
                calls.onKey(map, key(reference.namespace(), reference.name()), new Forget(reference.operation()));
    }

    @Override
    public List<Reference> list(String namespace, String prefix, String after, int limit, long now) {
        Listing listing =
                calls.aggregate(map, Predicates.alwaysTrue(), new Listing(namespace, prefix, after, limit, now));
        requireComplete(listing.complete());
        return List.copyOf(listing.references());
    }

    @Override
    public Usage usage(String namespace, long now) {
        Census census = calls.aggregate(map, Predicates.alwaysTrue(), Census.usage(namespace, now));
        requireComplete(census.complete());
        return new Usage(census.objects(), census.bytes());
    }

    @Override
    public Snapshot living() {
        Census census = calls.aggregate(map, Predicates.alwaysTrue(), Census.living());
        requireComplete(census.complete());
        return new Snapshot() {
            @Override
            public LongSet blobs() {
                return census.blobs();
            }

            @Override
            public boolean knows(Reference reference) {
                return census.knows(reference);
            }
        };
    }

    private void requireComplete(int complete) {
        if (complete < partitions.count()) {
            throw incomplete();
        }
    }

    static ClusterUnavailableException incomplete() {
        return new ClusterUnavailableException(
                "the storage is still reading its references from disk; trying again will help", null);
    }

    /** A namespace has no slash, and a mark's key has none at all. */
    static String key(String namespace, String name) {
        return namespace + "/" + name;
    }
}
