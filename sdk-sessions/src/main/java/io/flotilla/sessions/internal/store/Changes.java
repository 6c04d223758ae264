package io.flotilla.sessions.internal.store;

import io.flotilla.sessions.internal.wire.AttributeChange;
import io.flotilla.sessions.internal.wire.Commit;
import io.flotilla.sessions.internal.wire.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request wants to store.
 *
 * @param create whether the session is new
 * @param seen the record's version that the request knows
 * @param created when the session was created, if it is new
 * @param maxInactiveSeconds the new timeout, or null
 * @param secretHash the new secret's hash, or null
 * @param attributes what it changed
 */
public record Changes(
        boolean create,
        Version seen,
        long created,
        @Nullable Integer maxInactiveSeconds,
        byte @Nullable [] secretHash,
        List<AttributeChange> attributes) {

    Commit as(long writer, long sequence) {
        return new Commit(create, writer, sequence, seen, created, maxInactiveSeconds, secretHash, attributes);
    }
}
