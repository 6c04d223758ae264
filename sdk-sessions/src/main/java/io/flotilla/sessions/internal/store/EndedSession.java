package io.flotilla.sessions.internal.store;

import static java.util.Objects.requireNonNull;

import io.flotilla.sessions.internal.wire.EndCause;
import io.flotilla.sessions.internal.wire.SessionRecord;
import io.flotilla.sessions.internal.wire.StoredAttribute;
import java.util.HexFormat;
import java.util.Map;

/**
 * A session that ended without a request of its own, as its listeners are to see it. No request reaches it any more.
 *
 * @param eventId the same for each delivery of this end, which may be repeated after a crash
 * @param key the record's key
 * @param sealedSecret the secret of its last id, encrypted
 * @param application the context path of its web application
 * @param cause why it ended
 * @param created when it was created, milliseconds
 * @param lastAccessed when its last request came, milliseconds
 * @param maxInactiveSeconds its timeout; zero or less for never
 * @param attributes what it held
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never modified
public record EndedSession(
        String eventId,
        String key,
        byte[] sealedSecret,
        String application,
        EndCause cause,
        long created,
        long lastAccessed,
        int maxInactiveSeconds,
        Map<String, StoredAttribute> attributes) {

    static EndedSession of(String key, SessionRecord record) {
        return new EndedSession(
                HexFormat.of().toHexDigits(record.endId()),
                key,
                record.sealedSecret(),
                record.application(),
                requireNonNull(record.endCause()),
                record.created(),
                record.lastAccessed(),
                record.maxInactiveSeconds(),
                record.attributes());
    }

    /** Says nothing of what is in the session. */
    @Override
    public String toString() {
        return "EndedSession[" + cause + "]";
    }
}
