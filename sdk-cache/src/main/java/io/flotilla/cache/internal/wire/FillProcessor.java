package io.flotilla.cache.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.flotilla.cache.internal.protocol.Content;
import io.flotilla.cache.internal.protocol.LeaseId;
import io.flotilla.cache.internal.protocol.Position;
import io.flotilla.cache.internal.protocol.Row;
import io.flotilla.cache.internal.protocol.RowProtocol;
import io.flotilla.cache.internal.protocol.Step;
import io.flotilla.cache.internal.protocol.Written;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** FILL, on its way to the owner. */
public final class FillProcessor extends RowProcessor<WrittenReply> {
    static final int CLASS_ID = 7;

    private LeaseId lease = new LeaseId(0, 0);
    private Content<byte[]> content = new Content<>(new byte[0], 0, 0);

    FillProcessor() {
        super("");
    }

    public FillProcessor(String cache, LeaseId lease, Content<byte[]> content) {
        super(cache);
        this.lease = lease;
        this.content = content;
    }

    @Override
    Step<byte[], WrittenReply> step(@Nullable Row<byte[]> row, CacheKey key, Owner owner) {
        Position position = owner.position();
        long version = owner.context().nextVersion(row == null ? 0 : row.version());
        Step<byte[], Written> step = RowProtocol.fill(row, lease, content, version, owner.now(), position);
        return step.replying(WrittenReply.of(step.reply()));
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    void writeStep(ObjectDataOutput out) throws IOException {
        Fields.lease(lease, out);
        Fields.content(content, out);
    }

    @Override
    void readStep(ObjectDataInput in) throws IOException {
        lease = Fields.someLease(in);
        content = Fields.content(in);
    }
}
