package io.flotilla.cache.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.flotilla.cache.internal.protocol.Condition;
import io.flotilla.cache.internal.protocol.Content;
import io.flotilla.cache.internal.protocol.Position;
import io.flotilla.cache.internal.protocol.Row;
import io.flotilla.cache.internal.protocol.RowProtocol;
import io.flotilla.cache.internal.protocol.Step;
import io.flotilla.cache.internal.protocol.Written;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** PUT, on its way to the owner. */
public final class PutProcessor extends ChangeProcessor {
    static final int CLASS_ID = 9;

    private static final Condition.Kind[] KINDS = Condition.Kind.values();

    private Content<byte[]> content = new Content<>(new byte[0], 0, 0);
    private Condition condition = Condition.NONE;

    PutProcessor() {
        super("", new UUID(0, 0), 0);
    }

    public PutProcessor(String cache, UUID target, long operation, Content<byte[]> content, Condition condition) {
        super(cache, target, operation);
        this.content = content;
        this.condition = condition;
    }

    @Override
    Step<byte[], WrittenReply> change(@Nullable Row<byte[]> row, long operation, CacheKey key, Owner owner) {
        long now = owner.now();
        if (!condition.holds(row, now)) {
            return Step.unchanged(WrittenReply.of(new Written(false, 0, owner.position())), row);
        }
        Position position = owner.changed(key);
        long version = owner.context().nextVersion(row == null ? 0 : row.version());
        Step<byte[], Written> step = RowProtocol.put(row, operation, content, version, now, position);
        return step.replying(WrittenReply.of(step.reply()));
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    void writeChange(ObjectDataOutput out) throws IOException {
        Fields.content(content, out);
        out.writeByte(Fields.code(KINDS, condition.kind()));
        out.writeLong(condition.version());
    }

    @Override
    void readChange(ObjectDataInput in) throws IOException {
        content = Fields.content(in);
        condition = new Condition(Fields.constant(KINDS, in), in.readLong());
    }
}
