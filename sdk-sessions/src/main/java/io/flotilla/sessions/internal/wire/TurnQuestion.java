package io.flotilla.sessions.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;

/**
 * An exclusive request asks for a turn.
 *
 * @param claim who asks
 * @param last whether it does not ask again if it is refused: nothing needs to be reserved for it, and it is not refused for
 *     those that are not there yet
 */
public record TurnQuestion(TurnClaim claim, boolean last) {

    void write(ObjectDataOutput out) throws IOException {
        claim.write(out);
        out.writeBoolean(last);
    }

    static TurnQuestion read(ObjectDataInput in) throws IOException {
        return new TurnQuestion(TurnClaim.read(in), in.readBoolean());
    }
}
