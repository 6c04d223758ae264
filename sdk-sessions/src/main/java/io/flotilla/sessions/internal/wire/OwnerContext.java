package io.flotilla.sessions.internal.wire;

import static java.util.Objects.requireNonNull;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.config.Config;
import com.hazelcast.config.ListenerConfig;
import com.hazelcast.core.HazelcastInstance;
import io.flotilla.spi.MemberClock;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * What an owner adds to a message: its clock, a random tag, and when a member was last lost. There before the member
 * starts, since a partition may arrive before the module has.
 */
public final class OwnerContext implements MembershipListener {
    private static final String KEY = "flotilla.sessions.owner";

    private final SecureRandom random = new SecureRandom();
    private final MemberClock clock;
    private volatile long lastLoss = Long.MIN_VALUE;
    private volatile @Nullable Histories histories;

    private OwnerContext(MemberClock clock) {
        this.clock = clock;
    }

    /** Puts a context into the configuration of a member. */
    public static void install(Config member) {
        OwnerContext context = new OwnerContext(MemberClock.of(member));
        member.getUserContext().put(KEY, context);
        member.addListenerConfig(new ListenerConfig(context));
    }

    /** The context of a started member. */
    public static OwnerContext of(HazelcastInstance member) {
        return (OwnerContext) requireNonNull(member.getUserContext().get(KEY), KEY);
    }

    public long now() {
        return clock.millis();
    }

    /** Whether an absent session may have been lost a moment ago, or be on the other side of a cut. */
    boolean mayHaveLost(String key, HazelcastInstance member) {
        Histories present = histories;
        if (present == null) {
            present = new Histories(member);
            histories = present;
        }
        return present.mayHaveLost(key, now());
    }

    /** A random number for a version, an event or a lease. */
    public long newTag() {
        return random.nextLong();
    }

    public long lastLoss() {
        return lastLoss;
    }

    @Override
    public void memberAdded(MembershipEvent event) {}

    @Override
    public void memberRemoved(MembershipEvent event) {
        lastLoss = clock.millis();
    }
}
