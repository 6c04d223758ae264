package io.flotilla.cache.internal.wire;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.flotilla.cache.internal.protocol.Position;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** To an owner: whether every reader knows of a change. */
public final class SettledQuestion extends WireType implements Callable<Boolean>, HazelcastInstanceAware {
    static final int CLASS_ID = 15;

    private Position change = new Position(new UUID(0, 0), Position.NOWHERE);
    private int partition;
    private @Nullable HazelcastInstance member;

    SettledQuestion() {}

    public SettledQuestion(Position change, int partition) {
        this.change = change;
        this.partition = partition;
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance member) {
        this.member = member;
    }

    @Override
    public Boolean call() {
        Listening listening = Listening.of(member);
        return listening != null && listening.isSettled(change.stream(), change.number(), partition);
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    void write(ObjectDataOutput out) throws IOException {
        Fields.position(change, out);
        out.writeInt(partition);
    }

    @Override
    void read(ObjectDataInput in) throws IOException {
        change = Fields.position(in);
        partition = in.readInt();
    }
}
