package io.flotilla.storage.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Marks a partition as being loaded, or as complete if it was not lost, nor loaded by somebody else, meanwhile. */
public final class Mark extends Step {
    static final int CLASS_ID = 6;

    private String loading = "";
    private boolean complete;

    Mark() {}

    private Mark(String loading, boolean complete) {
        this.loading = loading;
        this.complete = complete;
    }

    /** A loading begins; a partition that is complete already stays so. */
    public static Mark begin(String loading) {
        return new Mark(loading, false);
    }

    /** A loading is through. */
    public static Mark end(String loading) {
        return new Mark(loading, true);
    }

    @Override
    @Nullable
    IndexEntry next(@Nullable IndexEntry present) {
        CompletenessMark mark = (CompletenessMark) present;
        if (mark != null && mark.complete()) {
            return mark;
        }
        if (complete) {
            boolean same = mark != null && mark.loading().equals(loading);
            return same ? new CompletenessMark(loading, true) : mark;
        }
        return new CompletenessMark(loading, false);
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    protected void writeFields(ObjectDataOutput out) throws IOException {
        out.writeString(loading);
        out.writeBoolean(complete);
    }

    @Override
    protected void readFields(ObjectDataInput in) throws IOException {
        loading = text(in);
        complete = in.readBoolean();
    }
}
