package io.flotilla.internal.wire;

import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.flotilla.spi.FactoryIds;
import io.flotilla.spi.GrowingType;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Asked by a member that must know whether it still belongs; answered by any other. */
public final class MembershipQuestion extends GrowingType
        implements Callable<MembershipAnswer>, HazelcastInstanceAware {
    private static final String KEY = "flotilla.membership";

    /** Who answers on a member; there from before it joins. */
    @FunctionalInterface
    public interface Answering {

        /** Answers a member that is in this one's list, or is not. */
        MembershipAnswer answer(boolean member);

        /** Puts it into the configuration of a member. */
        default void install(Config member) {
            member.getUserContext().put(KEY, this);
        }
    }

    private UUID asker = new UUID(0, 0);
    private @Nullable HazelcastInstance here;

    MembershipQuestion() {}

    public MembershipQuestion(UUID asker) {
        this.asker = asker;
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance member) {
        here = member;
    }

    @Override
    public MembershipAnswer call() {
        if (here == null || !(here.getUserContext().get(KEY) instanceof Answering answering)) {
            throw new IllegalStateException("this member runs without Flotilla");
        }
        return answering.answer(here.getCluster().getMembers().stream()
                .anyMatch(each -> each.getUuid().equals(asker)));
    }

    @Override
    public int getFactoryId() {
        return FactoryIds.CORE;
    }

    @Override
    public int getClassId() {
        return CoreWire.MEMBERSHIP_QUESTION;
    }

    @Override
    protected void writeFields(ObjectDataOutput out) throws IOException {
        out.writeLong(asker.getMostSignificantBits());
        out.writeLong(asker.getLeastSignificantBits());
    }

    @Override
    protected void readFields(ObjectDataInput in) throws IOException {
        asker = new UUID(in.readLong(), in.readLong());
    }
}
