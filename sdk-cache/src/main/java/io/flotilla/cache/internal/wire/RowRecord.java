package io.flotilla.cache.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.flotilla.cache.internal.protocol.Lease;
import io.flotilla.cache.internal.protocol.LeaseId;
import io.flotilla.cache.internal.protocol.Row;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The value of the second tier's maps: a row of the protocol. */
public final class RowRecord extends WireType {
    static final int CLASS_ID = 1;

    private Row<byte[]> row = new Row<>(0, null, 0, 0, null, null);

    RowRecord() {}

    RowRecord(Row<byte[]> row) {
        this.row = row;
    }

    static @Nullable Row<byte[]> of(@Nullable RowRecord record) {
        return record == null ? null : record.row;
    }

    /** When nobody can want it any more, in the owner's milliseconds. */
    long endsAt() {
        Lease lease = row.lease();
        return Math.max(row.usableUntil(), lease == null ? 0 : lease.until());
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    void write(ObjectDataOutput out) throws IOException {
        out.writeLong(row.version());
        out.writeByteArray(row.value());
        out.writeLong(row.freshUntil());
        out.writeLong(row.usableUntil());
        Fields.lease(row.filledBy(), out);
        Lease lease = row.lease();
        Fields.lease(lease == null ? null : lease.id(), out);
        if (lease != null) {
            out.writeLong(lease.until());
            out.writeInt(lease.waiting().size());
            for (UUID each : lease.waiting()) {
                Fields.id(each, out);
            }
        }
    }

    @Override
    void read(ObjectDataInput in) throws IOException {
        row = new Row<>(
                in.readLong(), in.readByteArray(), in.readLong(), in.readLong(), Fields.lease(in), readLease(in));
    }

    private static @Nullable Lease readLease(ObjectDataInput in) throws IOException {
        LeaseId id = Fields.lease(in);
        if (id == null) {
            return null;
        }
        long until = in.readLong();
        int count = in.readInt();
        Set<UUID> waiting = new HashSet<>();
        for (int i = 0; i < count; i++) {
            waiting.add(Fields.id(in));
        }
        return new Lease(id, until, waiting);
    }
}
