package io.flotilla.storage.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.merge.MergingValue;
import com.hazelcast.spi.merge.SplitBrainMergePolicy;
import org.jspecify.annotations.Nullable;

/**
 * After a split the later reference of each name stays. The folder was one all the time, so that no two sides can have
 * followed the same base. A mark stays as it is where the entries go.
 */
public final class IndexMergePolicy extends WireType
        implements SplitBrainMergePolicy<IndexEntry, MergingValue<IndexEntry>, IndexEntry> {
    static final int CLASS_ID = 10;

    public IndexMergePolicy() {}

    @Override
    public @Nullable IndexEntry merge(MergingValue<IndexEntry> merging, @Nullable MergingValue<IndexEntry> existing) {
        IndexEntry there = existing == null ? null : existing.getDeserializedValue();
        if (!(merging.getDeserializedValue() instanceof ReferenceEntry come)) {
            return there;
        }
        boolean later = !(there instanceof ReferenceEntry here)
                || come.reference().generation() > here.reference().generation();
        return later ? come : there;
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
