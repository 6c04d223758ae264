package io.flotilla.cache.internal.wire;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** FORGET: from a member that has come back from the other side of a cut, once the rows are gone. */
public final class ForgetMessage extends WireType implements Callable<Boolean>, HazelcastInstanceAware {
    static final int CLASS_ID = 16;

    private @Nullable HazelcastInstance member;

    public ForgetMessage() {}

    @Override
    public void setHazelcastInstance(HazelcastInstance member) {
        this.member = member;
    }

    @Override
    public Boolean call() {
        Listening listening = Listening.of(member);
        if (listening != null) {
            listening.forgetAll();
        }
        return true;
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    void write(ObjectDataOutput out) {}

    @Override
    void read(ObjectDataInput in) {}
}
