package io.flotilla.health.internal.wire;

import com.hazelcast.nio.serialization.DataSerializableFactory;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;

/** Makes the module's wire types by their ids, which never change. */
public final class HealthWire implements DataSerializableFactory {
    static final int HEARTBEAT = 1;

    @Override
    public IdentifiedDataSerializable create(int classId) {
        if (classId == HEARTBEAT) {
            return new HeartbeatMessage();
        }
        throw new IllegalArgumentException(
                "unknown type " + classId + " of the health module: a newer release of Flotilla sent it");
    }
}
