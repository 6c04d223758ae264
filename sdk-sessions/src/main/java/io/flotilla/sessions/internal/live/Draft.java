package io.flotilla.sessions.internal.live;

import io.flotilla.sessions.internal.wire.AttributeChange;
import io.flotilla.sessions.internal.wire.AttributeValue;
import io.flotilla.sessions.internal.wire.StoredAttribute;
import io.flotilla.sessions.internal.wire.Version;
import org.jspecify.annotations.Nullable;

/**
 * What may have to be stored of one attribute, as it stood at one moment.
 *
 * @param slot where it comes from
 * @param explicit whether the application set or removed it, as against maybe having changed the object
 * @param value the object, null to remove the attribute
 * @param baseline what the object was like when it was last in step with the owner, if it is not explicit
 * @param base what the owner has, as far as is known
 * @param look the number of this look at the slot
 * @param visits how many requests had come to the session, if this one was alone there; else {@link #IN_COMPANY}
 */
public record Draft(
        Slot slot,
        boolean explicit,
        @Nullable Object value,
        @Nullable Baseline baseline,
        @Nullable StoredAttribute base,
        long look,
        long visits) {
    static final long IN_COMPANY = -1;

    public String name() {
        return slot.name();
    }

    /**
     * A draft with what is to be stored.
     *
     * @param baseline what the object is like now, null if it cannot change
     * @param value null to remove the attribute
     */
    public record Encoded(
            Draft draft,
            @Nullable Baseline baseline,
            @Nullable AttributeValue value) {
        public AttributeChange change() {
            StoredAttribute base = draft.base();
            Version version = base == null ? Version.NONE : base.version();
            return new AttributeChange(draft.name(), version, draft.explicit(), value);
        }
    }
}
