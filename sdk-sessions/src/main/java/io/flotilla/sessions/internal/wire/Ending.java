package io.flotilla.sessions.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;

/**
 * A session that is over for requests, while its listeners are still to be told. Somebody who tells them holds a lease; if
 * he dies it runs out, and somebody else tells them again, of the same event.
 *
 * @param cause why the session ended
 * @param eventId the number of this end, the same for whoever tells of it
 * @param since when it ended, milliseconds
 * @param holder the number of the lease, zero if nobody has had one
 * @param until when the lease runs out
 */
record Ending(EndCause cause, long eventId, long since, long holder, long until) {

    static Ending unclaimed(EndCause cause, long eventId, long now) {
        return new Ending(cause, eventId, now, 0, now);
    }

    Ending heldBy(long newHolder, long newUntil) {
        return new Ending(cause, eventId, since, newHolder, newUntil);
    }

    /** Whether a holder of that number may have the lease. */
    boolean isFreeFor(long wanting, long now) {
        return wanting == holder || now >= until;
    }

    void write(ObjectDataOutput out) throws IOException {
        out.writeByte(cause.code());
        out.writeLong(eventId);
        out.writeLong(since);
        out.writeLong(holder);
        out.writeLong(until);
    }

    static Ending read(ObjectDataInput in) throws IOException {
        return new Ending(EndCause.of(in.readByte()), in.readLong(), in.readLong(), in.readLong(), in.readLong());
    }
}
