package io.flotilla.internal.wire;

import com.hazelcast.cluster.Member;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.UUID;

/**
 * A member as votes count it. A member that merges comes back under a new id at the same address.
 *
 * @param id Hazelcast's id
 * @param address where it listens, {@code host:port}
 */
public record Peer(UUID id, String address) {

    public static Peer of(Member member) {
        return new Peer(
                member.getUuid(),
                member.getAddress().getHost() + ":" + member.getAddress().getPort());
    }

    void write(ObjectDataOutput out) throws IOException {
        out.writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
        out.writeString(address);
    }

    static Peer read(ObjectDataInput in) throws IOException {
        UUID id = new UUID(in.readLong(), in.readLong());
        String address = in.readString();
        if (address == null) {
            throw new IOException("a member without an address");
        }
        return new Peer(id, address);
    }
}
