package io.flotilla.sessions.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.merge.MergingValue;
import com.hazelcast.spi.merge.SplitBrainMergePolicy;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** {@link SessionMerge} as Hazelcast calls it, on the owner of the session on the side that goes on. */
public final class SessionMergePolicy extends WireType
        implements SplitBrainMergePolicy<SessionRecord, MergingValue<SessionRecord>, SessionRecord> {
    static final int CLASS_ID = 12;

    private static final SecureRandom RANDOM = new SecureRandom();

    @Override
    public @Nullable SessionRecord merge(
            MergingValue<SessionRecord> merging, @Nullable MergingValue<SessionRecord> kept) {
        SessionRecord coming = merging.getDeserializedValue();
        SessionRecord present = kept == null ? null : kept.getDeserializedValue();
        return present == null ? coming.inTurn(null) : SessionMerge.of(present, coming, RANDOM.nextLong());
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
