package io.flotilla.sessions.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.merge.MergingValue;
import com.hazelcast.spi.merge.SplitBrainMergePolicy;
import org.jspecify.annotations.Nullable;

/** After a cut a principal's list holds what either side's held: one too many does no harm, one too few does. */
public final class PrincipalMergePolicy extends WireType
        implements SplitBrainMergePolicy<PrincipalSessions, MergingValue<PrincipalSessions>, PrincipalSessions> {
    static final int CLASS_ID = 20;

    @Override
    public @Nullable PrincipalSessions merge(
            MergingValue<PrincipalSessions> merging, @Nullable MergingValue<PrincipalSessions> kept) {
        PrincipalSessions coming = merging.getDeserializedValue();
        PrincipalSessions present = kept == null ? null : kept.getDeserializedValue();
        return present == null || coming == null ? coming : present.joined(coming);
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    void write(ObjectDataOutput out) {}

    @Override
    void read(ObjectDataInput in) {}
}
