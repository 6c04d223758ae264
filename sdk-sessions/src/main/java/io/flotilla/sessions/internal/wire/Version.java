package io.flotilla.sessions.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;

/**
 * A state of a record, or of one attribute: a counter, and a random tag since a counter alone may repeat. An owner that
 * dies before its backup has the newest state leaves a successor that counts to the same number with other content.
 */
public record Version(long counter, long tag) {
    /** The version of what does not exist. */
    public static final Version NONE = new Version(0, 0);

    void write(ObjectDataOutput out) throws IOException {
        out.writeLong(counter);
        out.writeLong(tag);
    }

    static Version read(ObjectDataInput in) throws IOException {
        return new Version(in.readLong(), in.readLong());
    }
}
