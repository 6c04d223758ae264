package io.flotilla.cache.internal.protocol;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What one member, as a reader, knows of the streams of all owners. Thread-safe.
 *
 * @param <K> keys, across all caches
 */
public final class StreamViews<K> {
    public static final int KEPT_FLOORS = 1_024;

    private final UUID reader;
    private final int partitions;
    private final int keptFloors;
    private final ChangedKeys<K> changedKeys;
    private final LongSupplier ticker;
    private final Map<UUID, StreamView<K>> views = new ConcurrentHashMap<>();
    private final Map<Integer, Speaker> speakers = new ConcurrentHashMap<>();
    // guarded by this
    private final Set<UUID> members = new HashSet<>();
    private final Map<UUID, Long> beginnings = new HashMap<>();

    /** Who was the last to answer for a partition, and when that was. */
    private record Speaker(UUID owner, long seenAt) {}

    /** @param ticker this member's elapsed time */
    public StreamViews(UUID reader, int partitions, int keptFloors, ChangedKeys<K> changedKeys, LongSupplier ticker) {
        this.reader = reader;
        this.partitions = partitions;
        this.keptFloors = keptFloors;
        this.changedKeys = changedKeys;
        this.ticker = ticker;
    }

    /** A member, this one too, has joined. */
    public synchronized void joined(UUID member) {
        members.add(member);
    }

    /** A member has left: all values that came from it are void. */
    public synchronized void left(UUID member) {
        members.remove(member);
        beginnings.remove(member);
        StreamView<K> view = views.remove(member);
        if (view != null) {
            view.end();
        }
    }

    /** This member is another one from now on: all values that came by these views are void. */
    public synchronized void end() {
        members.clear();
        views.values().forEach(StreamView::end);
        views.clear();
    }

    /** What is to be told to an owner at some moment. */
    public Report report(UUID owner, long now) {
        StreamView<K> view = views.get(owner);
        return new Report(reader, view == null ? Report.NEW : view.applied(), now);
    }

    /** Takes a bulletin; returns whether it brought notes, which a report should acknowledge. */
    public boolean take(Bulletin<K> bulletin) {
        StreamView<K> view = viewFor(bulletin);
        if (view == null) {
            return false;
        }
        view.take(bulletin, changedKeys, ticker);
        return !bulletin.notes().isEmpty();
    }

    private synchronized @Nullable StreamView<K> viewFor(Bulletin<K> bulletin) {
        UUID owner = bulletin.owner();
        if (!members.contains(owner)) {
            return null;
        }
        return views.computeIfAbsent(owner, id -> {
            long floor = Math.max(bulletin.last(), beginnings.getOrDefault(id, 0L));
            return new StreamView<>(bulletin, floor, partitions, keptFloors);
        });
    }

    /**
     * Whether an answer can be from the partition's present owner: not if another one has answered since the question.
     * Which of two answers that crossed is the later one nobody knows.
     */
    boolean speaksFor(int partition, UUID owner, long askedAt, long now) {
        return owner.equals(speakers.merge(
                        partition,
                        new Speaker(owner, now),
                        (last, next) -> last.owner().equals(owner) || last.seenAt() < askedAt ? next : last)
                .owner());
    }

    /** This member itself has changed a key, and need not wait to hear of it. */
    void changed(int partition, K key, Position change, long now) {
        speakers.put(partition, new Speaker(change.stream(), now));
        StreamView<K> view = viewOrBeginning(change);
        if (view != null) {
            view.raise(key, change.number());
        }
    }

    /** What comes from a stream that is not known yet begins after the change. */
    private synchronized @Nullable StreamView<K> viewOrBeginning(Position change) {
        StreamView<K> view = views.get(change.stream());
        if (view == null && members.contains(change.stream())) {
            beginnings.merge(change.stream(), change.number(), Math::max);
        }
        return view;
    }

    /** The view of an owner's stream; null if it is not known. */
    @Nullable
    StreamView<K> of(UUID owner) {
        return views.get(owner);
    }
}
