package io.flotilla.internal.wire;

import com.hazelcast.nio.serialization.DataSerializableFactory;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;

/** Makes core's wire types by their ids, which never change. */
public final class CoreWire implements DataSerializableFactory {
    static final int MEMBERSHIP_QUESTION = 1;
    static final int MEMBERSHIP_ANSWER = 2;

    @Override
    public IdentifiedDataSerializable create(int classId) {
        return switch (classId) {
            case MEMBERSHIP_QUESTION -> new MembershipQuestion();
            case MEMBERSHIP_ANSWER -> new MembershipAnswer();
            default ->
                throw new IllegalArgumentException(
                        "unknown type " + classId + " of core: a newer release of Flotilla sent it");
        };
    }
}
