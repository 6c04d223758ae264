package io.flotilla.cache.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.flotilla.cache.internal.protocol.Content;
import io.flotilla.cache.internal.protocol.Position;
import io.flotilla.cache.internal.protocol.Row;
import io.flotilla.cache.internal.protocol.RowProtocol;
import io.flotilla.cache.internal.protocol.Step;
import io.flotilla.cache.internal.protocol.Written;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** ADD, on its way to the owner: a change of a number by some amount, from 0 if there is none. */
public final class AddProcessor extends ChangeProcessor {
    static final int CLASS_ID = 11;

    private long amount;
    private Content<byte[]> begin = new Content<>(new byte[0], 0, 0);
    private long voidVersion;

    AddProcessor() {
        super("", new UUID(0, 0), 0);
    }

    /**
     * @param begin a value to begin with, of which only the number is replaced
     * @param voidVersion the version of a value that is void, as the writer knows; 0 for none
     */
    public AddProcessor(
            String cache, UUID target, long operation, long amount, Content<byte[]> begin, long voidVersion) {
        super(cache, target, operation);
        this.amount = amount;
        this.begin = begin;
        this.voidVersion = voidVersion;
    }

    @Override
    Step<byte[], WrittenReply> change(@Nullable Row<byte[]> row, long operation, CacheKey key, Owner owner) {
        long now = owner.now();
        byte[] present = row != null && row.isFresh(now) && row.version() != voidVersion ? row.value() : null;
        byte[] before = present == null ? begin.value() : present;
        OptionalLong number = Envelope.number(before);
        if (number.isEmpty()) {
            return Step.unchanged(WrittenReply.noNumber(), row);
        }
        long sum = number.getAsLong() + amount;
        byte[] after = Envelope.withNumber(before, sum);
        Position position = owner.changed(key);
        long version = owner.context().nextVersion(row == null ? 0 : row.version());
        Step<byte[], Written> step = row == null || present == null
                ? RowProtocol.put(
                        row,
                        operation,
                        new Content<>(after, begin.freshFor(), begin.usableFor()),
                        version,
                        now,
                        position)
                : RowProtocol.update(row, operation, after, version, now, position);
        return step.replying(WrittenReply.of(step.reply(), sum));
    }

    /** Another addition may have come since: then the number is what it has become. */
    @Override
    WrittenReply repeated(Written first, @Nullable Row<byte[]> row) {
        byte[] value = row == null ? null : row.value();
        return WrittenReply.of(first, value == null ? 0 : Envelope.number(value).orElse(0));
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    void writeChange(ObjectDataOutput out) throws IOException {
        out.writeLong(amount);
        Fields.content(begin, out);
        out.writeLong(voidVersion);
    }

    @Override
    void readChange(ObjectDataInput in) throws IOException {
        amount = in.readLong();
        begin = Fields.content(in);
        voidVersion = in.readLong();
    }
}
