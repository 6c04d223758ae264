package io.flotilla.storage.internal.wire;

import com.hazelcast.core.ReadOnly;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import org.jspecify.annotations.Nullable;

/** Reads an entry. */
public final class Look extends Step implements ReadOnly {
    static final int CLASS_ID = 3;

    public Look() {}

    @Override
    @Nullable
    IndexEntry next(@Nullable IndexEntry present) {
        return present;
    }

    @Override
    boolean changes() {
        return false;
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    protected void writeFields(ObjectDataOutput out) {}

    @Override
    protected void readFields(ObjectDataInput in) {}
}
