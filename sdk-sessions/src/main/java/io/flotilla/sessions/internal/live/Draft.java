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
 * @param baseline the object's form when it was last in step with the owner, if it is not explicit
 * @param base what the owner has, as far as is known
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
public record Draft(
        Slot slot,
        boolean explicit,
        @Nullable Object value,
        byte @Nullable [] baseline,
        @Nullable StoredAttribute base) {

    public String name() {
        return slot.name();
    }

    /** A draft with what is to be stored, null to remove the attribute. */
    public record Encoded(
            Draft draft, boolean mutable, @Nullable AttributeValue value) {
        public AttributeChange change() {
            StoredAttribute base = draft.base();
            Version version = base == null ? Version.NONE : base.version();
            return new AttributeChange(draft.name(), version, draft.explicit(), value);
        }
    }
}
