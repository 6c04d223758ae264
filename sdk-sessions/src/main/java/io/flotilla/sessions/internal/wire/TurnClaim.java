package io.flotilla.sessions.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.UUID;

/**
 * Who wants a turn, or has it.
 *
 * @param token the request's random number
 * @param member the member on which the request runs
 */
public record TurnClaim(long token, UUID member) {

    void write(ObjectDataOutput out) throws IOException {
        out.writeLong(token);
        out.writeLong(member.getMostSignificantBits());
        out.writeLong(member.getLeastSignificantBits());
    }

    static TurnClaim read(ObjectDataInput in) throws IOException {
        return new TurnClaim(in.readLong(), new UUID(in.readLong(), in.readLong()));
    }
}
