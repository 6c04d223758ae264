package io.flotilla.cache.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.flotilla.cache.internal.protocol.LeaseId;
import io.flotilla.cache.internal.protocol.Row;
import io.flotilla.cache.internal.protocol.RowProtocol;
import io.flotilla.cache.internal.protocol.Step;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** ABANDON or POSTPONE, on its way to the owner. */
public final class GiveUpProcessor extends RowProcessor<Boolean> {
    static final int CLASS_ID = 8;

    private LeaseId lease = new LeaseId(0, 0);
    private long postponedFor;

    GiveUpProcessor() {
        super("");
    }

    /**
     * @param postponedFor for how many milliseconds a stale value, if there is one, is to do; 0 for not at all
     */
    public GiveUpProcessor(String cache, LeaseId lease, long postponedFor) {
        super(cache);
        this.lease = lease;
        this.postponedFor = postponedFor;
    }

    @Override
    Step<byte[], Boolean> step(@Nullable Row<byte[]> row, CacheKey key, Owner owner) {
        return postponedFor == 0
                ? RowProtocol.abandon(row, lease, owner.now())
                : RowProtocol.postpone(row, lease, postponedFor, owner.now());
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    void writeStep(ObjectDataOutput out) throws IOException {
        Fields.lease(lease, out);
        out.writeLong(postponedFor);
    }

    @Override
    void readStep(ObjectDataInput in) throws IOException {
        lease = Fields.someLease(in);
        postponedFor = in.readLong();
    }
}
