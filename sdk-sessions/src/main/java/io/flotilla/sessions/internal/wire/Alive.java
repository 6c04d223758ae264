package io.flotilla.sessions.internal.wire;

import static java.util.Objects.requireNonNull;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.query.Predicate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sessions that a request could have now, by their owner's clock: none that have ended, and none whose time is up. */
public final class Alive extends WireType implements Predicate<String, SessionRecord>, HazelcastInstanceAware {
    static final int CLASS_ID = 23;

    private @Nullable OwnerContext owner;

    Alive() {}

    /** For the asking member, which may be an owner itself, where this is not made anew. */
    public Alive(HazelcastInstance member) {
        setHazelcastInstance(member);
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance member) {
        owner = OwnerContext.of(member);
    }

    @Override
    public boolean apply(Map.Entry<String, SessionRecord> entry) {
        OwnerContext here = requireNonNull(owner, "owner");
        return !entry.getValue().isOver(here.now(), here.lastLoss());
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
