package io.flotilla.sessions.internal.live;

import io.flotilla.sessions.internal.graph.GraphState;
import org.jspecify.annotations.Nullable;

/**
 * What an object was like when it was last in step with the owner. If both are missing the owner's bytes tell.
 *
 * @param state quick to compare; null if it cannot be seen
 * @param bytes the object's serialized form, which settles what the state leaves open; null if the object was read from the
 *     owner's bytes and nobody needed it yet
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
public record Baseline(@Nullable GraphState state, byte @Nullable [] bytes) {
    static final Baseline OF_OWNER = new Baseline(null, null);

    /** Whether the object is certain to be what it was. */
    public boolean holds() {
        return state != null && state.holds();
    }

    /** The same without the state, which was taken while others may have been changing the object. */
    Baseline ofBytes() {
        return bytes == null ? this : new Baseline(null, bytes);
    }
}
