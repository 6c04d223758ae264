package io.flotilla.storage.internal;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The index as a map in this JVM. */
public final class MemoryIndex implements ReferenceIndex {
    private final TreeMap<String, Reference> latest = new TreeMap<>(); // guarded by this

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }

    @Override
    public synchronized @Nullable Reference find(String namespace, String name) {
        return latest.get(key(namespace, name));
    }

    @Override
    public synchronized boolean added(Reference reference) {
        Reference present = find(reference.namespace(), reference.name());
        long generation = present == null ? 0 : present.generation();
        if (generation == reference.base()) {
            latest.put(key(reference.namespace(), reference.name()), reference);
            return true;
        }
        return present != null && reference.isSameAs(present);
    }

    @Override
    public synchronized void found(Reference reference) {
        latest.merge(
                key(reference.namespace(), reference.name()),
                reference,
                (old, young) -> young.generation() > old.generation() ? young : old);
    }

    @Override
    public synchronized void forget(Reference reference) {
        Reference present = find(reference.namespace(), reference.name());
        if (present != null && present.isSameAs(reference)) {
            latest.remove(key(reference.namespace(), reference.name()));
        }
    }

    @Override
    public synchronized List<Reference> list(String namespace, String prefix, String after, int limit, long now) {
        return latest.values().stream()
                .filter(each -> each.namespace().equals(namespace)
                        && each.name().startsWith(prefix)
                        && each.name().compareTo(after) > 0
                        && each.visible(now) != null)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Usage usage(String namespace, long now) {
        List<Reference> all = list(namespace, "", "", Integer.MAX_VALUE, now);
        return new Usage(
                all.size(),
                all.stream()
                        .mapToLong(each ->
                                each.content() == null ? 0 : each.content().size())
                        .sum());
    }

    @Override
    public synchronized Snapshot living() {
        LongSet blobs = new LongSet();
        Set<String> known = new HashSet<>();
        for (Reference each : latest.values()) {
            known.add(each.operation());
            if (each.content() != null) {
                blobs.add(each.content().blob().hash());
            }
        }
        return new Snapshot() {
            @Override
            public LongSet blobs() {
                return blobs;
            }

            @Override
            public boolean knows(Reference reference) {
                return known.contains(reference.operation());
            }
        };
    }

    /** All that is known. */
    public synchronized List<Reference> all() {
        return List.copyOf(latest.values());
    }
}
