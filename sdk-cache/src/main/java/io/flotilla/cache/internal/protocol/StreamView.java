package io.flotilla.cache.internal.protocol;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * What a reader knows of one owner's stream: which of its answers are void, and until when the others count. Thread-safe;
 * what a hit needs takes no lock.
 *
 * @param <K> keys, across all caches
 */
public final class StreamView<K> {
    private final UUID owner;
    private final AtomicLongArray partitionFloors;
    private final KeyFloors<K> keyFloors;
    private volatile long floor;
    private volatile long provenFrom = Long.MIN_VALUE;
    private volatile long provenUntil;
    // guarded by this
    private final Proof proof = new Proof();
    private long applied;

    /**
     * Begins where the stream is now.
     *
     * @param floor below which no answer is taken, its last number or more
     * @param partitions how many partitions there are
     * @param keptFloors of how many keys the floors are kept
     */
    StreamView(Bulletin<K> first, long floor, int partitions, int keptFloors) {
        this.owner = first.owner();
        this.partitionFloors = new AtomicLongArray(partitions);
        this.keyFloors = new KeyFloors<>(keptFloors);
        this.floor = floor;
        this.applied = first.last();
        this.provenUntil = proof.until();
    }

    /** The view of a stream that has nothing to say: of values that nobody else can change. */
    public static <K> StreamView<K> ofItself() {
        StreamView<K> view = new StreamView<>(new Bulletin<>(new UUID(0, 0), 1, List.of(), 0, 0, 0), 0, 1, 1);
        view.provenUntil = Long.MAX_VALUE;
        return view;
    }

    UUID owner() {
        return owner;
    }

    /** Takes a bulletin; tells of each key in it. */
    synchronized void take(Bulletin<K> bulletin, ChangedKeys<K> changedKeys, LongSupplier ticker) {
        if (bulletin.forgotten() > applied) {
            floor = Math.max(floor, bulletin.forgotten());
            applied = bulletin.forgotten();
        }
        long number = bulletin.first();
        for (Note<K> each : bulletin.notes()) {
            apply(each, number, changedKeys);
            number++;
        }
        if (bulletin.first() <= applied + 1) {
            applied = Math.max(applied, bulletin.until());
        }
        proof.claim(bulletin.echo(), bulletin.last());
        proof.complete(applied);
        prove(proof.until(), ticker.getAsLong());
    }

    /**
     * A proof that comes after the last one ran out is none for reads that had begun by then: they may hold a value that the
     * notes since have removed.
     */
    private void prove(long until, long now) {
        if (now >= provenUntil) {
            provenFrom = now; // before the end, which is read first
        }
        provenUntil = Math.max(provenUntil, until);
    }

    private void apply(Note<K> note, long number, ChangedKeys<K> changedKeys) {
        K key = note.key();
        if (key == null) {
            partitionFloors.accumulateAndGet(note.partition(), number, Math::max);
        } else {
            keyFloors.raise(key, number);
            changedKeys.changed(key, owner, number);
        }
    }

    /** This member itself has changed a key, and need not wait to hear of it. */
    void raise(K key, long number) {
        keyFloors.raise(key, number);
    }

    /** Whether an answer of this owner may be taken into the first tier. */
    boolean allows(int partition, K key, long number) {
        return counts(partition, number) && keyFloors.allow(key, number);
    }

    /** Whether a value of the first tier is not void. Its key's floor has been dealt with when it rose. */
    boolean counts(int partition, long number) {
        return number >= floor && number >= partitionFloors.get(partition);
    }

    /** Whether a value that was found near, by a read that began at that time, is the last one. */
    boolean isProven(long now) {
        return now < provenUntil && now >= provenFrom;
    }

    synchronized long applied() {
        return applied;
    }

    /** The owner has left. */
    synchronized void end() {
        floor = Long.MAX_VALUE;
    }
}
