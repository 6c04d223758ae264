package io.flotilla.storage.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;

/**
 * Lies in each partition and is lost with it. While it says complete, all references that belong into the partition are in
 * it, so that an absent one is known not to exist.
 */
public final class CompletenessMark extends IndexEntry {
    static final int CLASS_ID = 2;

    private String loading = "";
    private boolean complete;

    CompletenessMark() {}

    CompletenessMark(String loading, boolean complete) {
        this.loading = loading;
        this.complete = complete;
    }

    /** Names the loading that has filled the partition, or is about to; unique. */
    public String loading() {
        return loading;
    }

    public boolean complete() {
        return complete;
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
