package io.flotilla.cache.internal.protocol;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What one member says, as the owner of its partitions, to all readers: numbered notes of what has changed, and the proof
 * that these were all. Thread-safe; every method is short, and may be called on a partition's thread.
 *
 * @param <K> keys, across all caches
 */
public final class OwnerStream<K> {
    static final int KEPT_NOTES = 10_000;
    static final int NOTES_OF_A_BULLETIN = 1_000;

    private final UUID owner;
    // all guarded by this
    private final Notes<K> notes;
    private final Map<Integer, Long> heldSince = new HashMap<>();
    private final Map<UUID, Progress> readers = new HashMap<>();

    public OwnerStream(UUID owner) {
        this(owner, KEPT_NOTES);
    }

    OwnerStream(UUID owner, int keptNotes) {
        this.owner = owner;
        this.notes = new Notes<>(keptNotes);
    }

    /** This member has a partition from now on, or again. */
    synchronized void gained(int partition, long now) {
        if (heldSince.putIfAbsent(partition, now) == null) {
            notes.add(new Note<>(partition, null));
        }
    }

    /** This member gives a partition up; called before another one may change anything in it. */
    public synchronized void lost(int partition) {
        if (heldSince.remove(partition) != null) {
            notes.add(new Note<>(partition, null));
        }
    }

    /** Makes good for whatever {@link #gained} and {@link #lost} were not told. */
    public synchronized void holdsOnly(Set<Integer> partitions, long now) {
        Set<Integer> others = new HashSet<>(heldSince.keySet());
        others.removeAll(partitions);
        others.forEach(this::lost);
        partitions.forEach(each -> gained(each, now));
    }

    /** Voids every answer that was given, whatever it was about. */
    public synchronized void forgetAll() {
        notes.forgetAll();
    }

    /** A key changes: called before the new row can be read. */
    public synchronized Position changed(int partition, K key) {
        notes.add(new Note<>(partition, key));
        return position(partition);
    }

    /** The present moment: called before the row is read that is the answer. */
    public synchronized Position position(int partition) {
        return new Position(owner, heldSince.containsKey(partition) ? notes.last() : Position.NOWHERE);
    }

    /** The answer to a report. */
    public synchronized Bulletin<K> answer(Report report, long now) {
        forgetSilent(now);
        Progress reader = readers.computeIfAbsent(report.reader(), id -> new Progress(notes.last()));
        reader.heard(report, now);
        long next = (report.applied() == Report.NEW ? notes.last() : report.applied()) + 1;
        return bulletin(reader, next, report.stamp(), now);
    }

    /** A report that needs no answer: it acknowledges a bulletin. */
    public synchronized void acknowledged(Report report, long now) {
        Progress reader = readers.get(report.reader());
        if (reader != null) {
            reader.heard(report, now);
        }
    }

    /** The bulletins that are to be sent without being asked for. */
    public synchronized Map<UUID, Bulletin<K>> due(long now) {
        forgetSilent(now);
        Map<UUID, Bulletin<K>> due = new HashMap<>();
        readers.forEach((id, reader) -> {
            long next = reader.due(notes.last(), now);
            if (next <= notes.last()) {
                due.put(id, bulletin(reader, next, reader.stamp(), now));
            }
        });
        return due;
    }

    /**
     * Whether no reader can have a proof any more by which it answers what was there before a change.
     *
     * @param change where {@link #changed} said it is
     * @param madeAt when that was
     */
    public synchronized boolean isSettled(Position change, int partition, long madeAt, long now) {
        if (now - madeAt >= Times.OUTLASTS_PROOF_NANOS) {
            return true;
        }
        Long since = heldSince.get(partition);
        boolean soleOwner = since != null && now - since >= Times.OUTLASTS_PROOF_NANOS;
        return soleOwner
                && readers.values().stream().allMatch(each -> each.isSilent(now) || each.hasApplied(change.number()));
    }

    private Bulletin<K> bulletin(Progress reader, long next, long echo, long now) {
        long first = Math.max(next, notes.forgotten() + 1);
        List<Note<K>> some = notes.from(first, NOTES_OF_A_BULLETIN);
        Bulletin<K> bulletin = new Bulletin<>(owner, first, some, notes.forgotten(), notes.last(), echo);
        reader.sent(bulletin.until(), now);
        return bulletin;
    }

    private void forgetSilent(long now) {
        readers.values().removeIf(each -> each.isSilent(now));
    }
}
