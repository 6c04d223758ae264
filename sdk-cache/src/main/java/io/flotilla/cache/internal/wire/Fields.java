package io.flotilla.cache.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.flotilla.cache.internal.protocol.Content;
import io.flotilla.cache.internal.protocol.LeaseId;
import io.flotilla.cache.internal.protocol.Position;
import java.io.IOException;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How the fields of this module's wire types are written. */
final class Fields {
    private Fields() {}

    static String text(ObjectDataInput in) throws IOException {
        String text = in.readString();
        if (text == null) {
            throw new IOException("a text is missing");
        }
        return text;
    }

    static void id(UUID id, ObjectDataOutput out) throws IOException {
        out.writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
    }

    static UUID id(ObjectDataInput in) throws IOException {
        return new UUID(in.readLong(), in.readLong());
    }

    static void position(Position position, ObjectDataOutput out) throws IOException {
        id(position.stream(), out);
        out.writeLong(position.number());
    }

    static Position position(ObjectDataInput in) throws IOException {
        return new Position(id(in), in.readLong());
    }

    static void lease(@Nullable LeaseId lease, ObjectDataOutput out) throws IOException {
        out.writeBoolean(lease != null);
        if (lease != null) {
            out.writeLong(lease.token());
            out.writeLong(lease.grant());
        }
    }

    static @Nullable LeaseId lease(ObjectDataInput in) throws IOException {
        return in.readBoolean() ? new LeaseId(in.readLong(), in.readLong()) : null;
    }

    static LeaseId someLease(ObjectDataInput in) throws IOException {
        LeaseId lease = lease(in);
        if (lease == null) {
            throw new IOException("a lease is missing");
        }
        return lease;
    }

    static void content(Content<byte[]> content, ObjectDataOutput out) throws IOException {
        out.writeByteArray(content.value());
        out.writeLong(content.freshFor());
        out.writeLong(content.usableFor());
    }

    static Content<byte[]> content(ObjectDataInput in) throws IOException {
        return new Content<>(bytes(in), in.readLong(), in.readLong());
    }

    private static byte[] bytes(ObjectDataInput in) throws IOException {
        byte[] bytes = in.readByteArray();
        if (bytes == null) {
            throw new IOException("bytes are missing");
        }
        return bytes;
    }

    /** The number of a constant; the order of constants is part of the wire format. */
    static <E> byte code(E[] all, E constant) {
        return (byte) Arrays.asList(all).indexOf(constant);
    }

    /** The constant of an enumeration whose order is part of the wire format. */
    static <E> E constant(E[] all, ObjectDataInput in) throws IOException {
        int number = in.readByte();
        if (number < 0 || number >= all.length) {
            throw new IOException("constant " + number + " of "
                    + all.getClass().getComponentType().getSimpleName() + ", which this release does not know");
        }
        return all[number];
    }
}
