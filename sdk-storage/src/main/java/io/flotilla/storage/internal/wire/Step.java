package io.flotilla.storage.internal.wire;

import com.hazelcast.map.EntryProcessor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A step on one entry of the index, on its way to the entry's owner; idempotent, and answered with the entry as it is
 * afterwards. Backups get the finished entry.
 */
abstract class Step extends WireType implements EntryProcessor<String, IndexEntry, IndexEntry> {
    private @Nullable SetEntry backup;

    /** The entry afterwards: the present one for no change, null for none. */
    abstract @Nullable IndexEntry next(@Nullable IndexEntry present);

    @Override
    @SuppressWarnings("NullAway") // null is Hazelcast's word for removal
    public final IndexEntry process(Map.Entry<String, IndexEntry> entry) {
        IndexEntry present = entry.getValue();
        IndexEntry next = next(present);
        backup = null;
        if (next != present) {
            entry.setValue(next);
        }
        if (changes()) {
            backup = new SetEntry(next); // a repeated step, too: the backup may have missed the first
        }
        return next;
    }

    /** Whether this kind of step may change the entry. */
    boolean changes() {
        return true;
    }

    @Override
    public final @Nullable EntryProcessor<String, IndexEntry, IndexEntry> getBackupProcessor() {
        return backup;
    }
}
