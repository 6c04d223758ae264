package io.flotilla.sessions.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.time.Duration;

/**
 * What a member wants to do about a session that is over.
 *
 * @param holder the lease that it wants for telling the listeners; zero for none: then it is only told that they want to hear
 * @param audience whom it can tell
 */
public record Sweep(long holder, Audience audience) {
    /** How long an ended session is remembered: longer than a request may run, so that none brings it back. */
    public static final Duration TOMBSTONES = Duration.ofMinutes(10);
    /** How long a lease lasts, unless it is renewed. */
    public static final Duration LEASE = Duration.ofSeconds(60);
    /** How long a session waits for its application to appear on its owner, as during a rolling start. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    void write(ObjectDataOutput out) throws IOException {
        out.writeLong(holder);
        audience.write(out);
    }

    static Sweep read(ObjectDataInput in) throws IOException {
        return new Sweep(in.readLong(), Audience.read(in));
    }
}
