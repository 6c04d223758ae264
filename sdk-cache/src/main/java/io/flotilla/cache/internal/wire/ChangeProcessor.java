package io.flotilla.cache.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.flotilla.cache.internal.protocol.Row;
import io.flotilla.cache.internal.protocol.RowProtocol;
import io.flotilla.cache.internal.protocol.Step;
import io.flotilla.cache.internal.protocol.Written;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A change, on its way to an owner. It takes place once, as long as that owner lives or nothing else has changed the key
 * since; no other owner carries it out, or it could do so long after the one that answered.
 */
public abstract class ChangeProcessor extends RowProcessor<WrittenReply> {
    private static final UUID NOBODY = new UUID(0, 0);

    private UUID target;
    private long operation;
    private volatile boolean givenUp;

    ChangeProcessor(String cache, UUID target, long operation) {
        super(cache);
        this.target = target;
        this.operation = operation;
    }

    /**
     * The caller has stopped waiting, and may make another change: this one is not carried out any more if Hazelcast sends
     * it again. What is on its way to the owner may still take place.
     */
    public final void giveUp() {
        givenUp = true;
    }

    @Override
    final Step<byte[], WrittenReply> step(@Nullable Row<byte[]> row, CacheKey key, Owner owner) {
        if (givenUp || owner.isNot(target)) {
            return Step.unchanged(WrittenReply.elsewhere(), row);
        }
        Written first = owner.context().writes(owner.member()).of(operation);
        if (first == null && row != null && RowProtocol.isRepetition(row, operation)) {
            first = new Written(true, row.version(), owner.position());
        }
        if (first != null) {
            return RowProtocol.repeated(row, first).replying(repeated(first, row));
        }
        Row<byte[]> seen = row != null && Envelope.isNothing(row.value()) ? row.withoutValue() : row;
        Step<byte[], WrittenReply> step = change(seen, operation, key, owner);
        if (step.reply().written().stored()) {
            owner.context().writes(owner.member()).add(operation, step.reply().written());
        }
        return step;
    }

    abstract Step<byte[], WrittenReply> change(@Nullable Row<byte[]> row, long operation, CacheKey key, Owner owner);

    WrittenReply repeated(Written first, @Nullable Row<byte[]> row) {
        return WrittenReply.of(first);
    }

    @Override
    final void writeStep(ObjectDataOutput out) throws IOException {
        Fields.id(givenUp ? NOBODY : target, out);
        out.writeLong(operation);
        writeChange(out);
    }

    @Override
    final void readStep(ObjectDataInput in) throws IOException {
        target = Fields.id(in);
        operation = in.readLong();
        readChange(in);
    }

    abstract void writeChange(ObjectDataOutput out) throws IOException;

    abstract void readChange(ObjectDataInput in) throws IOException;
}
