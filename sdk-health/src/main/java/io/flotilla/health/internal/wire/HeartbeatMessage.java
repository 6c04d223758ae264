package io.flotilla.health.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.flotilla.health.Health;
import io.flotilla.spi.FactoryIds;
import io.flotilla.spi.GrowingType;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A heartbeat in bytes. */
public final class HeartbeatMessage extends GrowingType {
    private @Nullable Heartbeat heartbeat;

    HeartbeatMessage() {}

    public HeartbeatMessage(Heartbeat heartbeat) {
        this.heartbeat = heartbeat;
    }

    public Heartbeat heartbeat() {
        if (heartbeat == null) {
            throw new IllegalStateException("not read yet");
        }
        return heartbeat;
    }

    @Override
    public int getFactoryId() {
        return FactoryIds.HEALTH;
    }

    @Override
    public int getClassId() {
        return HealthWire.HEARTBEAT;
    }

    @Override
    protected void writeFields(ObjectDataOutput out) throws IOException {
        Heartbeat beat = heartbeat();
        out.writeString(beat.node());
        out.writeLong(beat.member().getMostSignificantBits());
        out.writeLong(beat.member().getLeastSignificantBits());
        out.writeLong(beat.incarnation());
        out.writeLong(beat.seq());
        out.writeByte(code(beat.state()));
        out.writeByte(beat.weight());
        out.writeString(beat.url());
        out.writeInt(beat.inFlight());
        out.writeLong(beat.uptimeMillis());
        out.writeInt(beat.intervalMillis());
    }

    @Override
    protected void readFields(ObjectDataInput in) throws IOException {
        String node = in.readString();
        if (node == null) {
            throw new IOException("a heartbeat without a name");
        }
        heartbeat = new Heartbeat(
                node,
                new UUID(in.readLong(), in.readLong()),
                in.readLong(),
                in.readLong(),
                state(in.readByte()),
                in.readByte(),
                in.readString(),
                in.readInt(),
                in.readLong(),
                in.readInt());
    }

    private static byte code(Health.State state) {
        return switch (state) {
            case STARTING -> 1;
            case UP -> 2;
            case DEGRADED -> 3;
            case DOWN -> 4;
            case DRAINING -> 5;
            case SILENT -> throw new IllegalArgumentException("a silent node says nothing");
        };
    }

    /** A state that only a newer version knows is none to send requests to. */
    private static Health.State state(byte code) {
        return switch (code) {
            case 1 -> Health.State.STARTING;
            case 2 -> Health.State.UP;
            case 3 -> Health.State.DEGRADED;
            case 5 -> Health.State.DRAINING;
            default -> Health.State.DOWN;
        };
    }
}
