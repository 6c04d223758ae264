package io.flotilla.storage.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Drops a reference from the index, if it is still the latest of its name. */
public final class Forget extends Step {
    static final int CLASS_ID = 5;

    private String operation = "";

    Forget() {}

    public Forget(String operation) {
        this.operation = operation;
    }

    @Override
    @Nullable
    IndexEntry next(@Nullable IndexEntry present) {
        boolean same = present instanceof ReferenceEntry entry
                && entry.reference().operation().equals(operation);
        return same ? null : present;
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    protected void writeFields(ObjectDataOutput out) throws IOException {
        out.writeString(operation);
    }

    @Override
    protected void readFields(ObjectDataInput in) throws IOException {
        operation = text(in);
    }
}
