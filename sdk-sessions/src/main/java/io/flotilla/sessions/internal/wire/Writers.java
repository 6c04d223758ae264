package io.flotilla.sessions.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;

/**
 * The last commit of each store that wrote a session, so that a commit delivered twice is applied once. Immutable; holds
 * the writers that wrote last, at most {@value #MOST}, the latest in front.
 *
 * @param pairs a writer, its sequence, the next writer, …
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
record Writers(long[] pairs) {
    static final Writers NONE = new Writers(new long[0]);

    private static final int MOST = 16;

    boolean hasSeen(long writer, long sequence) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i] == writer) {
                return pairs[i + 1] >= sequence;
            }
        }
        return false;
    }

    /** With this writer in front and the one that was silent longest left out when there are too many. */
    Writers after(long writer, long sequence) {
        long[] next = new long[2 * Math.min(MOST, others(writer) + 1)];
        next[0] = writer;
        next[1] = sequence;
        int to = 2;
        for (int from = 0; from < pairs.length && to < next.length; from += 2) {
            if (pairs[from] != writer) {
                next[to] = pairs[from];
                next[to + 1] = pairs[from + 1];
                to += 2;
            }
        }
        return new Writers(next);
    }

    private int others(long writer) {
        int others = 0;
        for (int i = 0; i < pairs.length; i += 2) {
            others += pairs[i] == writer ? 0 : 1;
        }
        return others;
    }

    /** With what those others have seen besides. */
    Writers with(Writers others) {
        Writers all = this;
        for (int i = others.pairs.length - 2; i >= 0; i -= 2) {
            if (!all.hasSeen(others.pairs[i], others.pairs[i + 1])) {
                all = all.after(others.pairs[i], others.pairs[i + 1]);
            }
        }
        return all;
    }

    /** With the last writer of those: of the ones before it nothing is known here. */
    Writers afterLastOf(Writers others) {
        return others.pairs.length == 0 ? this : after(others.pairs[0], others.pairs[1]);
    }

    void write(ObjectDataOutput out) throws IOException {
        out.writeLongArray(pairs);
    }

    static Writers read(ObjectDataInput in) throws IOException {
        long[] pairs = in.readLongArray();
        return pairs == null || pairs.length == 0 ? NONE : new Writers(pairs);
    }
}
