package io.flotilla.sessions.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;

/**
 * The last commit of each store that wrote a session, so that a commit delivered twice is applied once. Immutable; holds
 * the writers that wrote last, at most {@value #MOST}.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
record Writers(long[] ids, long[] sequences) {
    static final Writers NONE = new Writers(new long[0], new long[0]);

    private static final int MOST = 16;

    boolean hasSeen(long writer, long sequence) {
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] == writer) {
                return sequences[i] >= sequence;
            }
        }
        return false;
    }

    /** With this writer in front and the one that was silent longest left out when there are too many. */
    Writers after(long writer, long sequence) {
        int known = 0;
        for (long id : ids) {
            known += id == writer ? 0 : 1;
        }
        int size = Math.min(MOST, known + 1);
        long[] newIds = new long[size];
        long[] newSequences = new long[size];
        newIds[0] = writer;
        newSequences[0] = sequence;
        int to = 1;
        for (int from = 0; from < ids.length && to < size; from++) {
            if (ids[from] != writer) {
                newIds[to] = ids[from];
                newSequences[to] = sequences[from];
                to++;
            }
        }
        return new Writers(newIds, newSequences);
    }

    /** With what those others have seen besides. */
    Writers with(Writers others) {
        Writers all = this;
        for (int i = others.ids.length - 1; i >= 0; i--) {
            if (!all.hasSeen(others.ids[i], others.sequences[i])) {
                all = all.after(others.ids[i], others.sequences[i]);
            }
        }
        return all;
    }

    /** With the last writer of those: of the ones before it nothing is known here. */
    Writers afterLastOf(Writers others) {
        return others.ids.length == 0 ? this : after(others.ids[0], others.sequences[0]);
    }

    void write(ObjectDataOutput out) throws IOException {
        out.writeLongArray(ids);
        out.writeLongArray(sequences);
    }

    static Writers read(ObjectDataInput in) throws IOException {
        long[] ids = in.readLongArray();
        long[] sequences = in.readLongArray();
        return ids == null || sequences == null ? NONE : new Writers(ids, sequences);
    }
}
