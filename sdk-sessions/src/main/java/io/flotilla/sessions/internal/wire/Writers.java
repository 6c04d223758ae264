package io.flotilla.sessions.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The last commit of each store that wrote a session, so that a commit delivered twice is applied once. Immutable; holds
 * the writers that wrote last, at most {@value #MOST}.
 *
 * @param last the writer of the last commit
 * @param sequence its number, zero if there was none
 * @param earlier the writer before that, its sequence, the next writer, …
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
record Writers(long last, long sequence, long[] earlier) {
    private static final long[] NOBODY = {};

    static final Writers NONE = new Writers(0, 0, NOBODY);

    private static final int MOST = 16;

    boolean hasSeen(long writer, long number) {
        if (writer == last) {
            return sequence != 0 && number <= sequence;
        }
        for (int i = 0; i < earlier.length; i += 2) {
            if (earlier[i] == writer) {
                return number <= earlier[i + 1];
            }
        }
        return false;
    }

    /** With this writer in front and the one that was silent longest left out when there are too many. */
    Writers after(long writer, long number) {
        long[] others = new long[Math.min(2 * (MOST - 1), earlier.length + 2)];
        int count = 0;
        if (sequence != 0 && last != writer) {
            others[count++] = last;
            others[count++] = sequence;
        }
        for (int i = 0; i < earlier.length && count < others.length; i += 2) {
            if (earlier[i] != writer) {
                others[count++] = earlier[i];
                others[count++] = earlier[i + 1];
            }
        }
        return new Writers(writer, number, count == 0 ? NOBODY : Arrays.copyOf(others, count));
    }

    /** With what those others have seen besides. */
    Writers with(Writers others) {
        Writers all = this;
        for (int i = others.earlier.length - 2; i >= 0; i -= 2) {
            all = all.alsoAfter(others.earlier[i], others.earlier[i + 1]);
        }
        return all.alsoAfter(others.last, others.sequence);
    }

    private Writers alsoAfter(long writer, long number) {
        return number == 0 || hasSeen(writer, number) ? this : after(writer, number);
    }

    /** With the last writer of those: of the ones before it nothing is known here. */
    Writers afterLastOf(Writers others) {
        return others.sequence == 0 ? this : after(others.last, others.sequence);
    }

    void write(ObjectDataOutput out) throws IOException {
        out.writeLong(last);
        out.writeLong(sequence);
        out.writeLongArray(earlier);
    }

    static Writers read(ObjectDataInput in) throws IOException {
        long last = in.readLong();
        long sequence = in.readLong();
        long[] earlier = in.readLongArray();
        return new Writers(last, sequence, earlier == null || earlier.length == 0 ? NOBODY : earlier);
    }
}
