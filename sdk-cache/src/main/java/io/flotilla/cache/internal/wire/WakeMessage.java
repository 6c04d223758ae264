package io.flotilla.cache.internal.wire;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** WAKE: to a reader that waits for a load. */
public final class WakeMessage extends WireType implements Callable<Boolean>, HazelcastInstanceAware {
    static final int CLASS_ID = 14;

    private CacheKey key = new CacheKey("", "");
    private @Nullable HazelcastInstance member;

    WakeMessage() {}

    public WakeMessage(CacheKey key) {
        this.key = key;
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance member) {
        this.member = member;
    }

    @Override
    public Boolean call() {
        Listening listening = Listening.of(member);
        if (listening != null) {
            listening.woken(key);
        }
        return true;
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    void write(ObjectDataOutput out) throws IOException {
        key.write(out);
    }

    @Override
    void read(ObjectDataInput in) throws IOException {
        key = CacheKey.read(in);
    }
}
