package io.flotilla.sessions.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;

/**
 * What is said of a session once, when it is created.
 *
 * @param application the context path of the web application whose session it is
 * @param created when, milliseconds
 * @param lifetimeSeconds after how long it ends however much it is used; zero for never
 */
public record Birth(String application, long created, int lifetimeSeconds) {

    void write(ObjectDataOutput out) throws IOException {
        out.writeString(application);
        out.writeLong(created);
        out.writeInt(lifetimeSeconds);
    }

    static Birth read(ObjectDataInput in) throws IOException {
        return new Birth(Bytes.readSharedName(in), in.readLong(), in.readInt());
    }
}
